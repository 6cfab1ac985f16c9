import { ApiProperty } from '@nestjs/swagger';
import { type Permission, PERMISSIONS } from '@portico/domain/kernel';

const ID = { type: 'integer', format: 'int64' } as const;

/** Staff of the firm. */
export class UserDto {
  @ApiProperty({ ...ID, example: 2000 })
  id!: number;

  /** In lower case. */
  @ApiProperty({ example: 'ann@example.com' })
  email!: string;

  /** How the user is shown. */
  @ApiProperty({ example: 'Ann Smith' })
  name!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Ann' })
  firstName!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'Smith' })
  lastName!: string | null;

  /** What the firm calls the user; one user of the firm for each. */
  @ApiProperty({ type: 'string', nullable: true, example: 'A12345' })
  externalUserId!: string | null;

  @ApiProperty({ enum: ['email_password'], example: 'email_password' })
  loginMethod!: 'email_password';

  /** Whether the user has all permissions, and all data: that of `firm_admin`. */
  @ApiProperty({ example: false })
  adminAccess!: boolean;

  /** Whether the user may read and change all present and future data of the firm. */
  @ApiProperty({ example: false })
  allDataAccess!: boolean;

  @ApiProperty({ example: false })
  twoFactorAuthEnabled!: boolean;

  /** As granted; `files_edit` includes `files_view`, `firm_admin` includes all. */
  @ApiProperty({ enum: [...PERMISSIONS], isArray: true, example: ['back_office', 'files_view'] })
  permissions!: Permission[];

  /** Permitted to the user one by one; of those, what is permitted to the caller as well. */
  @ApiProperty({ type: 'array', items: ID, example: [7] })
  entityIds!: number[];

  /** The same of groups. */
  @ApiProperty({ type: 'array', items: ID, example: [8] })
  groupIds!: number[];

  @ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' })
  updatedAt!: string;
}
