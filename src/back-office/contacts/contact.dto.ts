import { ApiProperty } from '@nestjs/swagger';
import { LANGUAGES, PORTAL_ACCESS, type PortalAccess } from '@portico/domain/directory';
import { PORTAL_ROLES, type PortalRole } from '@portico/domain/kernel';
import {
  ContactEmailFields,
  FamilyMemberFields,
  MailingAddressFields,
  PhoneNumberFields,
} from './contact-details.dto.js';

const ID = { type: 'integer', format: 'int64' } as const;
const TEXT = { type: 'string', nullable: true } as const;

/** The affiliation that the portal shows first: one of the two. */
export class DefaultAffiliationDto {
  @ApiProperty({ ...ID, nullable: true, example: 7 })
  entityId!: number | null;

  @ApiProperty({ ...ID, nullable: true, example: null })
  groupId!: number | null;
}

/** A person whom the firm knows; one with portal access is a user of the portal. */
export class ContactDto {
  @ApiProperty({ ...ID, example: 20 })
  id!: number;

  /** The client whose contact it is, when that is permitted to the caller. */
  @ApiProperty({ ...ID, nullable: true, example: 5 })
  clientId!: number | null;

  @ApiProperty({ ...TEXT, example: 'Mr.' })
  title!: string | null;

  @ApiProperty({ example: 'Adam' })
  firstName!: string;

  @ApiProperty({ example: 'Smith' })
  lastName!: string;

  @ApiProperty({ ...TEXT, example: 'Jr.' })
  suffix!: string | null;

  /** What another system calls the contact. */
  @ApiProperty({ ...TEXT, example: 'abc123' })
  externalId!: string | null;

  @ApiProperty({ ...TEXT, example: 'adam.smith@example.com' })
  loginEmail!: string | null;

  @ApiProperty({ enum: [...PORTAL_ACCESS], example: 'none' })
  portalAccess!: PortalAccess;

  @ApiProperty({ ...TEXT, format: 'date', example: '1990-10-31' })
  birthday!: string | null;

  @ApiProperty({ ...TEXT, example: 'Madison Capital' })
  employer!: string | null;

  @ApiProperty({ ...TEXT, example: 'Financial Services' })
  occupation!: string | null;

  @ApiProperty({ ...TEXT, example: '123456789' })
  ssn!: string | null;

  @ApiProperty({ example: false })
  isExemptFromTwoFactorRequirement!: boolean;

  @ApiProperty({ type: [MailingAddressFields] })
  mailingAddresses!: MailingAddressFields[];

  @ApiProperty({ type: [ContactEmailFields] })
  emails!: ContactEmailFields[];

  @ApiProperty({ type: [PhoneNumberFields] })
  phoneNumbers!: PhoneNumberFields[];

  @ApiProperty({ type: [FamilyMemberFields] })
  familyMembers!: FamilyMemberFields[];

  @ApiProperty({ type: DefaultAffiliationDto, nullable: true })
  defaultAffiliation!: DefaultAffiliationDto | null;

  @ApiProperty({ example: 'America/New_York' })
  timeZone!: string;

  @ApiProperty({ enum: [...LANGUAGES], example: 'en' })
  language!: (typeof LANGUAGES)[number];

  @ApiProperty({ enum: [...PORTAL_ROLES], example: 'viewer' })
  portalRole!: PortalRole;

  @ApiProperty({ example: true })
  publishFiles!: boolean;

  @ApiProperty({ example: true })
  notifyByEmail!: boolean;

  /** The entities with which the contact is affiliated, of those that are permitted to the caller. */
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
