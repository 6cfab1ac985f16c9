import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { LANGUAGES } from '@portico/domain/directory';
import { PORTAL_ROLES } from '@portico/domain/kernel';
import { IfGiven } from '../platform/http/if-given.js';
import { ResourceId } from '../platform/http/json-api.js';
import {
  ContactEmailAttributes,
  FamilyMemberAttributes,
  MailingAddressAttributes,
  PhoneNumberAttributes,
} from './contact-details.dto.js';

const ID = { oneOf: [{ type: 'string' }, { type: 'integer' }], nullable: true };

/** One of the contact's affiliations: either an entity or a group. */
export class ChosenAffiliation {
  /** As a string or a number. @example 22 */
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: '22' })
  entity_id?: string | null;

  /** As a string or a number. @example null */
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: null })
  group_id?: string | null;
}

/** What can be said of a contact beside the name; null takes away what was said. */
export class OptionalContactAttributes {
  /** At most 10 characters. @example Mr. */
  @IsOptional()
  @IsString()
  title?: string | null;

  /** At most 10 characters. @example Jr. */
  @IsOptional()
  @IsString()
  suffix?: string | null;

  /** At most 31 characters; one contact of the firm for each. @example abc123 */
  @IsOptional()
  @IsString()
  external_user_id?: string | null;

  /** One contact of the firm for each; kept in lower case. @example adam.smith@example.com */
  @IsOptional()
  @IsString()
  login_email?: string | null;

  /** A day of the calendar. @example 1990-10-31 */
  @IsOptional()
  @IsString()
  @ApiProperty({ format: 'date' })
  birthday?: string | null;

  /** At most 80 characters. @example Madison Capital */
  @IsOptional()
  @IsString()
  employer?: string | null;

  /** At most 80 characters. @example Financial Services */
  @IsOptional()
  @IsString()
  occupation?: string | null;

  /** Social security number, at most 9 characters. @example 123456789 */
  @IsOptional()
  @IsString()
  @ApiProperty({ example: '123456789' })
  ssn?: string | null;

  /** @example false */
  @IfGiven()
  @IsBoolean()
  is_exempt_from_two_factor_requirement?: boolean;

  /** At most 50; the list replaces the one before. */
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MailingAddressAttributes)
  mailing_addresses?: MailingAddressAttributes[] | null;

  /** At most 50; the list replaces the one before. */
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContactEmailAttributes)
  emails?: ContactEmailAttributes[] | null;

  /** At most 50; the list replaces the one before. */
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PhoneNumberAttributes)
  phone_numbers?: PhoneNumberAttributes[] | null;

  /** At most 50; the list replaces the one before. */
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FamilyMemberAttributes)
  family_members?: FamilyMemberAttributes[] | null;

  /** The affiliation that the portal shows first. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChosenAffiliation)
  default_affiliation?: ChosenAffiliation | null;

  /** The client whose contact this is, as a string or a number: the contact is affiliated with its entity. @example null */
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: null })
  client_id?: string | null;

  /** The name of an IANA time zone; UTC unless given. @example America/New_York */
  @IfGiven()
  @IsString()
  time_zone?: string;

  /** English unless given. @example en */
  @IfGiven()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: [...LANGUAGES] })
  language?: (typeof LANGUAGES)[number];

  /** What the contact may do in the portal; viewer unless given. @example viewer */
  @IfGiven()
  @IsIn(PORTAL_ROLES)
  @ApiProperty({ enum: [...PORTAL_ROLES] })
  portal_role?: (typeof PORTAL_ROLES)[number];

  /** Whether files are published to the contact where the publisher leaves it to them; true unless given. @example true */
  @IfGiven()
  @IsBoolean()
  publish_files?: boolean;

  /** Whether the contact is told by e-mail where the publisher leaves it to them; true unless given. @example true */
  @IfGiven()
  @IsBoolean()
  notify_by_email?: boolean;
}

export class NewContactAttributes extends OptionalContactAttributes {
  /** At most 40 characters. @example Adam */
  @IsString()
  first_name!: string;

  /** At most 80 characters. @example Smith */
  @IsString()
  last_name!: string;
}

export class ChangedContactAttributes extends OptionalContactAttributes {
  /** At most 40 characters. @example Adam */
  @IfGiven()
  @IsString()
  first_name?: string;

  /** At most 80 characters. @example Smith */
  @IfGiven()
  @IsString()
  last_name?: string;
}
