import { ApiProperty } from '@nestjs/swagger';
import { LANGUAGES, PORTAL_ACCESS } from '@portico/domain/directory';
import { PORTAL_ROLES } from '@portico/domain/kernel';
import { GroupIdentifier, PageLinks, ResourceIdentifier } from '../platform/http/json-api.dto.js';
import {
  ContactEmailAttributes,
  FamilyMemberAttributes,
  MailingAddressAttributes,
  PhoneNumberAttributes,
} from './contact-details.dto.js';

/** The affiliation that the portal shows first: one of the two is null. */
export class DefaultAffiliationAttributes {
  /** @example 22 */
  @ApiProperty({ example: '22' })
  entity_id!: string | null;

  /** @example null */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  group_id!: string | null;
}

/** What is known of a contact. */
export class ContactAttributes {
  /** @example Mr. */
  title!: string | null;

  /** @example Adam */
  first_name!: string;

  /** @example Smith */
  last_name!: string;

  /** @example Jr. */
  suffix!: string | null;

  /** What the firm calls the contact; one contact of the firm for each. @example abc123 */
  external_user_id!: string | null;

  /** With which the contact signs in to the portal; in lower case. @example adam.smith@example.com */
  login_email!: string | null;

  /** The client whose contact this is; null when it is nobody's, or its entity is not permitted to the caller. */
  @ApiProperty({ type: 'integer', nullable: true, example: 500 })
  client_id!: number | null;

  /** Whether the contact may use the portal. @example invited */
  @ApiProperty({ enum: [...PORTAL_ACCESS] })
  portal_access!: (typeof PORTAL_ACCESS)[number];

  /** @example 1990-10-31 */
  @ApiProperty({ format: 'date' })
  birthday!: string | null;

  /** @example Madison Capital */
  employer!: string | null;

  /** @example Financial Services */
  occupation!: string | null;

  /** Social security number; encrypted where it is kept. @example 123456789 */
  @ApiProperty({ example: '123456789' })
  ssn!: string | null;

  /** @example false */
  is_exempt_from_two_factor_requirement!: boolean;

  mailing_addresses!: MailingAddressAttributes[];

  emails!: ContactEmailAttributes[];

  phone_numbers!: PhoneNumberAttributes[];

  family_members!: FamilyMemberAttributes[];

  /** Null when there is none, or none that the caller may see. */
  default_affiliation!: DefaultAffiliationAttributes | null;

  /** The IANA time zone of what is sent to the contact. @example America/New_York */
  time_zone!: string;

  /** The language of what is sent to the contact. @example en */
  @ApiProperty({ enum: [...LANGUAGES] })
  language!: (typeof LANGUAGES)[number];

  /** What the contact may do in the portal. @example viewer */
  @ApiProperty({ enum: [...PORTAL_ROLES] })
  portal_role!: (typeof PORTAL_ROLES)[number];

  /** Whether files are published to the contact where the publisher leaves it to them. @example true */
  publish_files!: boolean;

  /** Whether the contact is told by e-mail where the publisher leaves it to them. @example true */
  notify_by_email!: boolean;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** When an attribute or an affiliation last changed. @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  modified_at!: string;
}

export class AffiliationsLinks {
  /** @example /v1/contacts/20/relationships/entity_affiliations */
  self!: string;

  /** @example /v1/contacts/20/entity_affiliations */
  related!: string;
}

/** The affiliations of one kind: as a member of the contact, and as the document of their own route. */
export class ContactAffiliations {
  links!: AffiliationsLinks;

  data!: ResourceIdentifier[];
}

export class GroupAffiliationsLinks {
  /** @example /v1/contacts/20/relationships/group_affiliations */
  self!: string;

  /** @example /v1/contacts/20/group_affiliations */
  related!: string;
}

/** The same of groups. */
export class ContactGroupAffiliations {
  links!: GroupAffiliationsLinks;

  data!: GroupIdentifier[];
}

/** With which entities and groups the contact is affiliated; of those, what is permitted to the caller. */
export class ContactRelationships {
  entity_affiliations!: ContactAffiliations;

  group_affiliations!: ContactGroupAffiliations;
}

export class ContactLinks {
  /** @example /v1/contacts/20 */
  self!: string;
}

export class ContactResource {
  /** @example 20 */
  @ApiProperty({ example: '20' })
  id!: string;

  /** @example contacts */
  type!: 'contacts';

  attributes!: ContactAttributes;

  relationships!: ContactRelationships;

  links!: ContactLinks;
}

export class ContactDocument {
  data!: ContactResource;
}

export class ContactListDocument {
  data!: ContactResource[];

  links!: PageLinks;
}
