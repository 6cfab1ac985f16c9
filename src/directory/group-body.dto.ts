import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsString, ValidateNested } from 'class-validator';
import { IfGiven } from '../platform/http/if-given.js';
import { ResourceId } from '../platform/http/json-api.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';

export class NewGroupAttributes {
  /** 1 to 255 characters. @example "Smith Family" */
  @IsString()
  name!: string;
}

export class GivenGroupRelationships {
  /** Entities; after the call the group has these members and no others. */
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkageBody)
  members?: LinkageBody;
}

export class NewGroup {
  /** @example groups */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewGroupAttributes)
  attributes!: NewGroupAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenGroupRelationships)
  relationships?: GivenGroupRelationships;
}

/** The body of `POST /v1/groups`. */
export class CreateGroupBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewGroup)
  data!: NewGroup;
}

export class ChangedGroupAttributes {
  /** 1 to 255 characters. @example "Smith and Jones Family" */
  @IfGiven()
  @IsString()
  name?: string;
}

export class ChangedGroup {
  /** The id in the URL, as a string or a number. @example 100 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '100' })
  id!: string;

  /** @example groups */
  @IsString()
  type!: string;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedGroupAttributes)
  attributes?: ChangedGroupAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenGroupRelationships)
  relationships?: GivenGroupRelationships;
}

/** The body of `PATCH /v1/groups/:id`. */
export class ChangeGroupBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedGroup)
  data!: ChangedGroup;
}
