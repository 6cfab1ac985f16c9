import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsString, ValidateNested } from 'class-validator';
import { IfGiven } from '../platform/http/if-given.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { ResourceId } from '../platform/http/json-api.js';
import { ChangedContactAttributes, NewContactAttributes } from './contact-attributes.dto.js';

/** What the contact is affiliated with; a list that is given is the whole list. */
export class GivenAffiliations {
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkageBody)
  @ApiProperty({ example: { data: [{ type: 'entities', id: '22' }] } })
  entity_affiliations?: LinkageBody;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkageBody)
  @ApiProperty({ example: { data: [{ type: 'groups', id: '7' }] } })
  group_affiliations?: LinkageBody;
}

export class NewContact {
  /** @example contacts */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewContactAttributes)
  attributes!: NewContactAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenAffiliations)
  relationships?: GivenAffiliations;
}

/** The body of `POST /v1/contacts`. */
export class NewContactBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewContact)
  data!: NewContact;
}

export class ChangedContact {
  /** The id in the URL, as a string or a number. @example 20 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '20' })
  id!: string;

  /** @example contacts */
  @IsString()
  type!: string;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedContactAttributes)
  attributes?: ChangedContactAttributes;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenAffiliations)
  relationships?: GivenAffiliations;
}

/** The body of `PATCH /v1/contacts/:id`. */
export class ChangedContactBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedContact)
  data!: ChangedContact;
}
