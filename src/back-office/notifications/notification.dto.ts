import { ApiProperty } from '@nestjs/swagger';

const ID = '01989a3e-5f00-7000-8000-000000000001';
const NULLABLE_TEXT = { type: 'string', nullable: true } as const;

/** Something of which a user was told. */
export class StaffNotificationDto {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ example: 'request_received' })
  type!: string;

  /** In the language of the call. */
  @ApiProperty({ example: 'New request: A banner for the summer sale' })
  title!: string;

  @ApiProperty({ ...NULLABLE_TEXT, example: 'Adam Smith (Smith Holdings) asks for “A banner for the summer sale”.' })
  body!: string | null;

  /** The name of a sign, for programs. */
  @ApiProperty({ ...NULLABLE_TEXT, example: 'inbox' })
  icon!: string | null;

  /** What it is about, for programs. */
  @ApiProperty({ ...NULLABLE_TEXT, example: 'task' })
  resourceType!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, example: ID })
  resourceId!: string | null;

  /** Of which client it is. */
  @ApiProperty({ type: 'integer', format: 'int64', nullable: true, example: 500 })
  clientId!: number | null;

  @ApiProperty({ ...NULLABLE_TEXT, example: 'Smith Holdings' })
  clientName!: string | null;

  /** Whoever did it. */
  @ApiProperty({ ...NULLABLE_TEXT, enum: ['user', 'contact'], example: 'contact' })
  actorType!: 'user' | 'contact' | null;

  @ApiProperty({ type: 'integer', format: 'int64', nullable: true, example: 20 })
  actorId!: number | null;

  @ApiProperty({ ...NULLABLE_TEXT, example: 'Adam Smith' })
  actorName!: string | null;

  @ApiProperty({ example: false })
  isRead!: boolean;

  @ApiProperty({ ...NULLABLE_TEXT, format: 'date-time', example: '2026-03-02T09:00:00Z' })
  readAt!: string | null;

  @ApiProperty({ example: false })
  isArchived!: boolean;

  @ApiProperty({ ...NULLABLE_TEXT, format: 'date-time', example: '2026-03-02T09:00:00Z' })
  archivedAt!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T08:00:00Z' })
  createdAt!: string;
}
