import { checkedProfile, type ContactRow, UpsertContacts } from '@portico/domain/directory';
import { CONTACT_NAMES, ContactRowFields, rowIn } from '../../back-office/contacts/back-office-contacts.module.js';
import type { ImportKind } from './import-kind.js';

export const CONTACTS: ImportKind<ContactRowFields, ContactRow> = {
  what: 'contacts',
  columns: {
    externalId: 'text',
    firstName: 'text',
    lastName: 'text',
    title: 'text',
    suffix: 'text',
    loginEmail: 'text',
    birthday: 'text',
    employer: 'text',
    occupation: 'text',
    isExemptFromTwoFactorRequirement: 'boolean',
    mailingAddresses: 'json',
    emails: 'json',
    phoneNumbers: 'json',
    familyMembers: 'json',
    clientId: 'text',
    clientExternalId: 'text',
    timeZone: 'text',
    language: 'text',
    portalRole: 'text',
    publishFiles: 'boolean',
    notifyByEmail: 'boolean',
  },
  body: ContactRowFields,
  permissions: ['back_office', 'contacts_manage'],
  useCase: UpsertContacts,
  names: CONTACT_NAMES,
  otherColumns: { clientId: 'clientExternalId' },
  turns: [() => true],
  passing: new Set(['login_email_taken']),
  presentFields: `
    select c.external_user_id as "externalId", jsonb_build_object(
      'firstName', c.first_name, 'lastName', c.last_name, 'title', c.title, 'suffix', c.suffix,
      'loginEmail', c.login_email, 'birthday', c.birthday, 'employer', c.employer, 'occupation', c.occupation,
      'isExemptFromTwoFactorRequirement', c.is_exempt_from_two_factor_requirement,
      'mailingAddresses', c.mailing_addresses, 'emails', c.emails, 'phoneNumbers', c.phone_numbers,
      'familyMembers', c.family_members, 'clientId', c.client_id, 'clientExternalId', p.external_id,
      'timeZone', c.time_zone, 'language', c.language, 'portalRole', c.portal_role,
      'publishFiles', c.publish_files, 'notifyByEmail', c.notify_by_email) as fields
    from contacts c left join clients p on p.firm_id = c.firm_id and p.id = c.client_id
    where c.firm_id = ? and c.external_user_id in (select jsonb_array_elements_text(?::jsonb))`,
  rowOf: rowIn,
  check: checkedProfile,
};
