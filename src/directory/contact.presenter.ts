import type { ContactListItem } from '@portico/domain/directory';
import type { Page } from '@portico/domain/kernel';
import { instant, nextLink, relationship } from '../platform/http/json-api.js';
import type {
  ContactAffiliations,
  ContactAttributes,
  ContactDocument,
  ContactListDocument,
  ContactResource,
  DefaultAffiliationAttributes,
} from './contact.dto.js';

const BASE = '/v1/contacts';

/** Contacts as JSON:API resources. */
export class ContactPresenter {
  document(contact: ContactListItem): ContactDocument {
    return { data: this.resource(contact) };
  }

  list(page: Page<ContactListItem>, query: object): ContactListDocument {
    return {
      data: page.items.map((contact) => this.resource(contact)),
      links: { next: nextLink(BASE, query as Record<string, unknown>, page.next) },
    };
  }

  entityAffiliations({ id, entityIds }: ContactListItem): ContactAffiliations {
    return relationship(`${BASE}/${id}`, 'entity_affiliations', 'entities', entityIds);
  }

  groupAffiliations({ id, groupIds }: ContactListItem): ContactAffiliations {
    return relationship(`${BASE}/${id}`, 'group_affiliations', 'groups', groupIds);
  }

  private resource(contact: ContactListItem): ContactResource {
    return {
      id: contact.id,
      type: 'contacts',
      attributes: attributesOf(contact),
      relationships: {
        entity_affiliations: this.entityAffiliations(contact),
        group_affiliations: this.groupAffiliations(contact),
      },
      links: { self: `${BASE}/${contact.id}` },
    };
  }
}

function attributesOf(contact: ContactListItem): ContactAttributes {
  return {
    title: contact.title,
    first_name: contact.firstName,
    last_name: contact.lastName,
    suffix: contact.suffix,
    external_user_id: contact.externalUserId,
    login_email: contact.loginEmail,
    client_id: contact.clientId === null ? null : Number(contact.clientId),
    portal_access: contact.portalAccess,
    birthday: contact.birthday,
    employer: contact.employer,
    occupation: contact.occupation,
    ssn: contact.ssn,
    is_exempt_from_two_factor_requirement: contact.isExemptFromTwoFactorRequirement,
    ...detailsOf(contact),
    default_affiliation: defaultOf(contact),
    time_zone: contact.timeZone,
    language: contact.language,
    portal_role: contact.portalRole,
    publish_files: contact.publishFiles,
    notify_by_email: contact.notifyByEmail,
    created_at: instant(contact.createdAt),
    modified_at: instant(contact.modifiedAt),
  };
}

function detailsOf(
  contact: ContactListItem,
): Pick<ContactAttributes, 'mailing_addresses' | 'emails' | 'phone_numbers' | 'family_members'> {
  return {
    mailing_addresses: contact.mailingAddresses.map(({ street, street2, city, state, zip, country, addressType }) => ({
      street,
      street2,
      city,
      state,
      zip,
      country,
      address_type: addressType,
    })),
    emails: contact.emails.map(({ email, emailType }) => ({ email, email_type: emailType })),
    phone_numbers: contact.phoneNumbers.map(({ number, phoneType }) => ({ number, phone_type: phoneType })),
    family_members: contact.familyMembers.map(({ firstName, lastName, relationship }) => ({
      first_name: firstName,
      last_name: lastName,
      relationship,
    })),
  };
}

function defaultOf({ defaultAffiliation }: ContactListItem): DefaultAffiliationAttributes | null {
  if (!defaultAffiliation) return null;
  return 'entityId' in defaultAffiliation
    ? { entity_id: defaultAffiliation.entityId, group_id: null }
    : { entity_id: null, group_id: defaultAffiliation.groupId };
}
