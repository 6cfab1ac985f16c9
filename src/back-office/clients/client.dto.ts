import { ApiProperty } from '@nestjs/swagger';
import { CLIENT_STATUSES, type ClientStatus } from '@portico/domain/directory';

const ID = { type: 'integer', format: 'int64' } as const;

/** A company that the firm serves. */
export class ClientDto {
  @ApiProperty({ ...ID, example: 5 })
  id!: number;

  @ApiProperty({ example: 'Byron Family' })
  name!: string;

  /** What another system calls it. */
  @ApiProperty({ type: 'string', nullable: true, example: 'crm-4711' })
  externalId!: string | null;

  /** The client above it in its group. */
  @ApiProperty({ ...ID, nullable: true, example: null })
  parentClientId!: number | null;

  /** The entity that is its own: files of the client are files of that entity. */
  @ApiProperty({ ...ID, example: 7 })
  entityId!: number;

  /** Who looks after it. */
  @ApiProperty({ ...ID, nullable: true, example: null })
  deliveryManagerId!: number | null;

  /** The SLA policy of its requests, unless they are of a project with a policy of its own. */
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  slaPolicyId!: string | null;

  /** Whether the portal shows its figures. */
  @ApiProperty({ example: true })
  dashboardEnabled!: boolean;

  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone!: string;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ enum: [...CLIENT_STATUSES], example: 'active' })
  status!: ClientStatus;

  @ApiProperty({ type: 'string', nullable: true, example: 'core' })
  tier!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' })
  updatedAt!: string;

  /** When it was put away; null for one that is in use. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  archivedAt!: string | null;
}
