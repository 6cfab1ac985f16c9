import type { Affiliations, ContactProfile, ContactRow, DefaultAffiliation } from '@portico/domain/directory';
import { type ClientId, type EntityId, type GroupId, InvalidField } from '@portico/domain/kernel';
import type { FieldNames } from '../../platform/http/back-office-body.js';
import type { ChangedContactFields, ContactRowFields } from './contact-body.dto.js';

/** What the body of a contact calls what its rules are about. */
export const CONTACT_NAMES: FieldNames = {
  fields: { externalUserId: 'externalId' },
  codes: {
    login_email_taken: 'loginEmail',
    login_email_required: 'loginEmail',
    external_user_id_taken: 'externalId',
    invalid_default_affiliation: 'defaultAffiliation',
  },
  ids: { entities: 'entityIds', groups: 'groupIds' },
};

type SaidOfContact = Omit<ContactRowFields, 'externalId' | 'clientExternalId'>;

/** What a body says of a contact, as the use cases take it; what is not given is undefined. */
export function profileIn(body: SaidOfContact): Partial<ContactProfile> {
  const { clientId: _client, mailingAddresses, emails, phoneNumbers, familyMembers, ...others } = body;
  return {
    ...pick(others),
    mailingAddresses: each(mailingAddresses, ({ street2 = null, country = null, addressType = null, ...address }) => ({
      ...address,
      street2,
      country,
      addressType,
    })),
    emails: each(emails, (email) => ({ ...email })),
    phoneNumbers: each(phoneNumbers, (number) => ({ ...number })),
    familyMembers: each(familyMembers, (member) => ({ ...member })),
  };
}

/** A list that is null is empty. */
function each<T, U>(items: readonly T[] | null | undefined, map: (item: T) => U): U[] | undefined {
  return items === undefined ? undefined : (items ?? []).map(map);
}

function pick(
  body: Omit<SaidOfContact, 'clientId' | 'mailingAddresses' | 'emails' | 'phoneNumbers' | 'familyMembers'>,
) {
  const { title, firstName, lastName, suffix, loginEmail, birthday, employer, occupation } = body;
  const { isExemptFromTwoFactorRequirement, timeZone, language, portalRole, publishFiles, notifyByEmail } = body;
  return {
    ...{ title, firstName, lastName, suffix, loginEmail, birthday, employer, occupation },
    ...{ isExemptFromTwoFactorRequirement, timeZone, language, portalRole, publishFiles, notifyByEmail },
  };
}

/** What a body says beside the profile. @throws InvalidField unless a default affiliation names an entity or a group */
export function restIn(body: ChangedContactFields): {
  profile: Partial<ContactProfile>;
  ssn: string | null | undefined;
  clientId: ClientId | null | undefined;
  affiliations: Partial<Affiliations>;
  defaultAffiliation: DefaultAffiliation | null | undefined;
} {
  const { entityIds, groupIds } = body;
  return {
    profile: { ...profileIn(body), externalUserId: body.externalId },
    ssn: body.ssn,
    clientId: body.clientId as ClientId | null | undefined,
    affiliations: {
      ...(entityIds && { entityIds: entityIds as EntityId[] }),
      ...(groupIds && { groupIds: groupIds as GroupId[] }),
    },
    defaultAffiliation: preferredIn(body),
  };
}

/** A row as the use case takes it. */
export function rowIn({ externalId, clientExternalId, ...body }: ContactRowFields): ContactRow {
  const clientId = body.clientId as ClientId | null | undefined;
  return { ...profileIn(body), externalId, clientId, clientExternalId };
}

function preferredIn({ defaultAffiliation: chosen }: ChangedContactFields): DefaultAffiliation | null | undefined {
  if (chosen === null || chosen === undefined) return chosen;
  const { entityId = null, groupId = null } = chosen;
  if (entityId !== null && groupId === null) return { entityId: entityId as EntityId };
  if (groupId !== null && entityId === null) return { groupId: groupId as GroupId };
  const message = 'must name either an entityId or a groupId';
  throw new InvalidField('defaultAffiliation', message, 'invalid_value', { kind: 'wrong_format' });
}
