import { type ContactField, type ContactListItem, LANGUAGES, PORTAL_ACCESS } from '@portico/domain/directory';
import { PORTAL_ROLES } from '@portico/domain/kernel';
import type { ListPlan } from '../../platform/http/back-office-list.js';
import { instant } from '../../platform/http/json-api.js';
import type { ContactDto } from './contact.dto.js';

/** By what contacts are filtered and sorted. */
export const CONTACT_LIST: ListPlan<ContactField> = {
  fields: {
    id: 'id',
    clientId: 'id',
    externalId: 'text',
    loginEmail: 'text',
    portalAccess: PORTAL_ACCESS,
    portalRole: PORTAL_ROLES,
    firstName: 'text',
    lastName: 'text',
    employer: 'text',
    occupation: 'text',
    birthday: 'day',
    timeZone: 'text',
    language: LANGUAGES,
    publishFiles: 'boolean',
    notifyByEmail: 'boolean',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  defaultSort: 'id',
};

/** A contact as the Back Office shows it. */
export function contactDto(contact: ContactListItem): ContactDto {
  const { clientId, defaultAffiliation: preferred } = contact;
  return {
    id: Number(contact.id),
    clientId: clientId === null ? null : Number(clientId),
    title: contact.title,
    firstName: contact.firstName,
    lastName: contact.lastName,
    suffix: contact.suffix,
    externalId: contact.externalUserId,
    loginEmail: contact.loginEmail,
    portalAccess: contact.portalAccess,
    birthday: contact.birthday,
    employer: contact.employer,
    occupation: contact.occupation,
    ssn: contact.ssn,
    isExemptFromTwoFactorRequirement: contact.isExemptFromTwoFactorRequirement,
    mailingAddresses: [...contact.mailingAddresses],
    emails: [...contact.emails],
    phoneNumbers: [...contact.phoneNumbers],
    familyMembers: [...contact.familyMembers],
    defaultAffiliation: preferred && {
      entityId: 'entityId' in preferred ? Number(preferred.entityId) : null,
      groupId: 'groupId' in preferred ? Number(preferred.groupId) : null,
    },
    timeZone: contact.timeZone,
    language: contact.language,
    portalRole: contact.portalRole,
    publishFiles: contact.publishFiles,
    notifyByEmail: contact.notifyByEmail,
    entityIds: contact.entityIds.map(Number),
    groupIds: contact.groupIds.map(Number),
    createdAt: instant(contact.createdAt),
    updatedAt: instant(contact.modifiedAt),
  };
}
