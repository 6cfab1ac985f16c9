import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { EMAIL_TYPES, FAMILY_RELATIONSHIPS, PHONE_TYPES } from '@portico/domain/directory';
import { ResourceId } from '../../platform/http/json-api.js';

const TEXT = { type: 'string', nullable: true } as const;

export class MailingAddressFields {
  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: '335 Madison Ave' })
  street!: string;

  /** At most 80 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...TEXT, required: false, example: '25th Floor' })
  street2?: string | null;

  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'New York' })
  city!: string;

  /** State or province, at most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'New York' })
  state!: string;

  /** Postal code, at most 10 characters. */
  @IsString()
  @ApiProperty({ example: '10017' })
  zip!: string;

  /** At most 80 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...TEXT, required: false, example: 'United States' })
  country?: string | null;

  /** Such as Work or Home; at most 80 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...TEXT, required: false, example: 'Work' })
  addressType?: string | null;
}

export class ContactEmailFields {
  @IsString()
  @ApiProperty({ example: 'adam@example.com' })
  email!: string;

  @IsIn(EMAIL_TYPES)
  @ApiProperty({ enum: [...EMAIL_TYPES], example: 'WORK' })
  emailType!: (typeof EMAIL_TYPES)[number];
}

export class PhoneNumberFields {
  /** At most 15 characters. */
  @IsString()
  @ApiProperty({ example: '9179999999' })
  number!: string;

  @IsIn(PHONE_TYPES)
  @ApiProperty({ enum: [...PHONE_TYPES], example: 'CELL' })
  phoneType!: (typeof PHONE_TYPES)[number];
}

export class FamilyMemberFields {
  /** At most 40 characters. */
  @IsString()
  @ApiProperty({ example: 'Addison' })
  firstName!: string;

  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'Smith' })
  lastName!: string;

  /** What the person is to the contact. */
  @IsIn(FAMILY_RELATIONSHIPS)
  @ApiProperty({ enum: [...FAMILY_RELATIONSHIPS], example: 'SISTER' })
  relationship!: (typeof FAMILY_RELATIONSHIPS)[number];
}

const ID = { type: 'integer', format: 'int64', nullable: true, required: false } as const;

/** One of the contact's affiliations: either an entity or a group. */
export class ChosenAffiliationFields {
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: 7 })
  entityId?: string | null;

  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: null })
  groupId?: string | null;
}
