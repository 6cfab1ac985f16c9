import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { LANGUAGES } from '@portico/domain/directory';
import { PORTAL_ROLES } from '@portico/domain/kernel';
import { IdList } from '../../platform/http/id-list.js';
import { IfGiven } from '../../platform/http/if-given.js';
import { ResourceId } from '../../platform/http/json-api.js';
import {
  ChosenAffiliationFields,
  ContactEmailFields,
  FamilyMemberFields,
  MailingAddressFields,
  PhoneNumberFields,
} from './contact-details.dto.js';

const ID = { type: 'integer', format: 'int64', nullable: true, required: false, example: null } as const;

const OptionalText = (example: string): PropertyDecorator =>
  applyDecorators(IsOptional(), IsString(), ApiProperty({ type: 'string', nullable: true, required: false, example }));

const OptionalList = (type: new () => object): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => type),
    ApiProperty({ type: [type], nullable: true, required: false }),
  );

/** What can be said of a contact beside the name; null takes away what was said. */
class ContactFields {
  /** At most 10 characters. */
  @OptionalText('Mr.')
  title?: string | null;

  /** At most 10 characters. */
  @OptionalText('Jr.')
  suffix?: string | null;

  /** One contact of the firm for each; kept in lower case. */
  @OptionalText('adam.smith@example.com')
  loginEmail?: string | null;

  /** A day of the calendar. */
  @OptionalText('1990-10-31')
  birthday?: string | null;

  /** At most 80 characters. */
  @OptionalText('Madison Capital')
  employer?: string | null;

  /** At most 80 characters. */
  @OptionalText('Financial Services')
  occupation?: string | null;

  @IfGiven()
  @IsBoolean()
  @ApiProperty({ example: false })
  isExemptFromTwoFactorRequirement?: boolean;

  /** At most 50; the list replaces the one before. */
  @OptionalList(MailingAddressFields)
  mailingAddresses?: MailingAddressFields[] | null;

  /** At most 50; the list replaces the one before. */
  @OptionalList(ContactEmailFields)
  emails?: ContactEmailFields[] | null;

  /** At most 50; the list replaces the one before. */
  @OptionalList(PhoneNumberFields)
  phoneNumbers?: PhoneNumberFields[] | null;

  /** At most 50; the list replaces the one before. */
  @OptionalList(FamilyMemberFields)
  familyMembers?: FamilyMemberFields[] | null;

  /** The client whose contact this is: the contact is affiliated with its entity. */
  @IsOptional()
  @ResourceId()
  @ApiProperty(ID)
  clientId?: string | null;

  /** The name of an IANA time zone; UTC unless given. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'America/New_York' })
  timeZone?: string;

  /** English unless given. */
  @IfGiven()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: [...LANGUAGES], example: 'en' })
  language?: (typeof LANGUAGES)[number];

  /** What the contact may do in the portal; viewer unless given. */
  @IfGiven()
  @IsIn(PORTAL_ROLES)
  @ApiProperty({ enum: [...PORTAL_ROLES], example: 'viewer' })
  portalRole?: (typeof PORTAL_ROLES)[number];

  /** Whether files are published to the contact where the publisher leaves it to them; true unless given. */
  @IfGiven()
  @IsBoolean()
  @ApiProperty({ example: true })
  publishFiles?: boolean;

  /** Whether the contact is told by e-mail where the publisher leaves it to them; true unless given. */
  @IfGiven()
  @IsBoolean()
  @ApiProperty({ example: true })
  notifyByEmail?: boolean;
}

/** What only one at a time can be told. */
class SingleContactFields extends ContactFields {
  /** What another system calls the contact, at most 31 characters; one contact of the firm for each. */
  @OptionalText('abc123')
  externalId?: string | null;

  /** Social security number, at most 9 characters. */
  @OptionalText('123456789')
  ssn?: string | null;

  /** The affiliation that the portal shows first. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChosenAffiliationFields)
  @ApiProperty({ type: ChosenAffiliationFields, nullable: true, required: false, example: null })
  defaultAffiliation?: ChosenAffiliationFields | null;

  /** The entities with which the contact is affiliated; the whole list. */
  @IdList()
  entityIds?: string[];

  /** The groups with which the contact is affiliated; the whole list. */
  @IdList()
  groupIds?: string[];
}

/** The body of `PUT` and `PATCH /api/v2/contacts/{id}`: what is not given stays. */
export class ChangedContactFields extends SingleContactFields {
  /** At most 40 characters. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Adam' })
  firstName?: string;

  /** At most 80 characters. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Smith' })
  lastName?: string;
}

/** The body of `POST /api/v2/contacts`. */
export class NewContactFields extends SingleContactFields {
  /** At most 40 characters. */
  @IsString()
  @ApiProperty({ example: 'Adam' })
  firstName!: string;

  /** At most 80 characters. */
  @IsString()
  @ApiProperty({ example: 'Smith' })
  lastName!: string;
}

/** A row of `PUT /api/v2/contacts`; a new one needs both names. */
export class ContactRowFields extends ContactFields {
  /** At most 40 characters. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Adam' })
  firstName?: string;

  /** At most 80 characters. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Smith' })
  lastName?: string;

  /** What the other system calls the contact, at most 31 characters. */
  @IsString()
  @ApiProperty({ example: 'abc123' })
  externalId!: string;

  /** Instead of `clientId`: what the other system calls the client. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, required: false, example: null })
  clientExternalId?: string | null;
}
