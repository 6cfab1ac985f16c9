import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { type Permission, PERMISSIONS } from '@portico/domain/kernel';
import { IfGiven } from '../platform/http/if-given.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { ResourceId } from '../platform/http/json-api.js';

const MOST_PERMISSIONS = 100;

/** What can be said of a user beside the address. */
export class OptionalUserAttributes {
  /** How the user is shown, at most 160 characters; without it, the first and the last name. @example Ann Smith */
  @IfGiven()
  @IsString()
  name?: string;

  /** At most 40 characters. @example Ann */
  @IsOptional()
  @IsString()
  first_name?: string | null;

  /** At most 80 characters. @example Smith */
  @IsOptional()
  @IsString()
  last_name?: string | null;

  /** At most 31 characters; one user of the firm for each. @example A12345 */
  @IsOptional()
  @IsString()
  external_user_id?: string | null;

  /** Always true for a user with `firm_admin`. @example false */
  @IfGiven()
  @IsBoolean()
  all_data_access?: boolean;

  /** Of those that the caller has. */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_PERMISSIONS)
  @IsIn(PERMISSIONS, { each: true })
  @ApiProperty({ enum: [...PERMISSIONS], isArray: true, example: ['api_access', 'files_view'] })
  permissions?: Permission[];

  /**
   * 12 characters at least; never shown. Of another user, a new one too, for callers with all data access.
   * @example correct horse battery
   */
  @IfGiven()
  @IsString()
  password?: string;
}

export class NewUserAttributes extends OptionalUserAttributes {
  /** One user of the firm for each; kept in lower case. @example ann@example.com */
  @IsString()
  email!: string;
}

export class ChangedUserAttributes extends OptionalUserAttributes {
  /** One user of the firm for each; kept in lower case. @example ann@example.com */
  @IfGiven()
  @IsString()
  email?: string;
}

/** What is permitted to the user one by one, of what is permitted to the caller; a list that is given is the whole. */
export class GivenPermittedData {
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkageBody)
  @ApiProperty({ example: { data: [{ type: 'entities', id: '10000' }] } })
  permissioned_entities?: LinkageBody;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkageBody)
  @ApiProperty({ example: { data: [{ type: 'groups', id: '20000' }] } })
  permissioned_groups?: LinkageBody;
}

export class NewUserData {
  /** @example users */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewUserAttributes)
  attributes!: NewUserAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenPermittedData)
  relationships?: GivenPermittedData;
}

/** The body of `POST /v1/users`. */
export class NewUserBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewUserData)
  data!: NewUserData;
}

export class ChangedUserData {
  /** The id in the URL, as a string or a number. @example 2000 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '2000' })
  id!: string;

  /** @example users */
  @IsString()
  type!: string;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedUserAttributes)
  attributes?: ChangedUserAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenPermittedData)
  relationships?: GivenPermittedData;
}

/** The body of `PATCH /v1/users/:id`. */
export class ChangedUserBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedUserData)
  data!: ChangedUserData;
}
