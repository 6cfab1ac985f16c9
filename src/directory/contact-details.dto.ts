import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { EMAIL_TYPES, FAMILY_RELATIONSHIPS, PHONE_TYPES } from '@portico/domain/directory';

export class MailingAddressAttributes {
  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: '335 Madison Ave' })
  street!: string;

  /** At most 80 characters. @example 25th Floor */
  @IsOptional()
  @IsString()
  street2?: string | null;

  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'New York' })
  city!: string;

  /** State or province, at most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'New York' })
  state!: string;

  /** Postal code, at most 10 characters. @example 10017 */
  @IsString()
  @ApiProperty({ example: '10017' })
  zip!: string;

  /** At most 80 characters. @example United States */
  @IsOptional()
  @IsString()
  country?: string | null;

  /** Such as Work or Home; at most 80 characters. @example Work */
  @IsOptional()
  @IsString()
  address_type?: string | null;
}

export class ContactEmailAttributes {
  /** @example adam@example.com */
  @IsString()
  email!: string;

  /** @example WORK */
  @IsIn(EMAIL_TYPES)
  @ApiProperty({ enum: [...EMAIL_TYPES] })
  email_type!: (typeof EMAIL_TYPES)[number];
}

export class PhoneNumberAttributes {
  /** At most 15 characters. @example 9179999999 */
  @IsString()
  @ApiProperty({ example: '9179999999' })
  number!: string;

  /** @example CELL */
  @IsIn(PHONE_TYPES)
  @ApiProperty({ enum: [...PHONE_TYPES] })
  phone_type!: (typeof PHONE_TYPES)[number];
}

export class FamilyMemberAttributes {
  /** At most 40 characters. @example Addison */
  @IsString()
  first_name!: string;

  /** At most 80 characters. @example Smith */
  @IsString()
  last_name!: string;

  /** What the person is to the contact. @example SISTER */
  @IsIn(FAMILY_RELATIONSHIPS)
  @ApiProperty({ enum: [...FAMILY_RELATIONSHIPS] })
  relationship!: (typeof FAMILY_RELATIONSHIPS)[number];
}
