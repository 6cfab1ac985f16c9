import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { type Permission, PERMISSIONS } from '@portico/domain/kernel';
import { IdList } from '../../platform/http/id-list.js';
import { IfGiven } from '../../platform/http/if-given.js';

const MOST_PERMISSIONS = 100;

/** What can be said of a user beside the address. */
class OptionalUserFields {
  /** How the user is shown, at most 160 characters; without it, the first and the last name. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Ann Smith' })
  name?: string;

  /** At most 40 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'Ann' })
  firstName?: string | null;

  /** At most 80 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'Smith' })
  lastName?: string | null;

  /** At most 31 characters; one user of the firm for each. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'A12345' })
  externalUserId?: string | null;

  /** Always true for a user with `firm_admin`. */
  @IfGiven()
  @IsBoolean()
  @ApiProperty({ example: false })
  allDataAccess?: boolean;

  /** Of those that the caller has. */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_PERMISSIONS)
  @IsIn(PERMISSIONS, { each: true })
  @ApiProperty({ enum: [...PERMISSIONS], isArray: true, example: ['back_office'] })
  permissions?: Permission[];

  /** 12 characters at least; never shown. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'correct horse battery' })
  password?: string;

  /** What is permitted to the user one by one, of what is permitted to the caller; the whole list. */
  @IdList()
  entityIds?: string[];

  /** The same of groups. */
  @IdList()
  groupIds?: string[];
}

/** The body of `POST /api/v2/users`. */
export class NewUserFields extends OptionalUserFields {
  /** One user of the firm for each; kept in lower case. */
  @IsString()
  @ApiProperty({ example: 'ann@example.com' })
  email!: string;
}

/** The body of `PUT` and `PATCH /api/v2/users/{id}`: what is not given stays. */
export class ChangedUserFields extends OptionalUserFields {
  /** One user of the firm for each; kept in lower case. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'ann@example.com' })
  email?: string;
}
