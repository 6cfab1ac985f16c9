import type { Affiliations, ContactProfile, DefaultAffiliation } from '@portico/domain/directory';
import { type ClientId, type EntityId, type GroupId, InvalidField } from '@portico/domain/kernel';
import { linkedIds } from '../platform/http/json-api.js';
import type { BodyPlaces, Linkage } from '../platform/http/located.js';
import type { ChangedContactAttributes, OptionalContactAttributes } from './contact-attributes.dto.js';
import type { GivenAffiliations } from './contact-body.dto.js';

const RELATIONSHIPS = '/data/relationships';

/** What a body says of a contact, as the use cases take it; what is not given is undefined. */
export function profileIn(body: ChangedContactAttributes): Partial<ContactProfile> {
  return {
    title: body.title,
    firstName: body.first_name,
    lastName: body.last_name,
    suffix: body.suffix,
    externalUserId: body.external_user_id,
    loginEmail: body.login_email,
    birthday: body.birthday,
    employer: body.employer,
    occupation: body.occupation,
    isExemptFromTwoFactorRequirement: body.is_exempt_from_two_factor_requirement,
    ...detailsIn(body),
    timeZone: body.time_zone,
    language: body.language,
    portalRole: body.portal_role,
    publishFiles: body.publish_files,
    notifyByEmail: body.notify_by_email,
  };
}

function detailsIn(
  body: OptionalContactAttributes,
): Partial<Pick<ContactProfile, 'mailingAddresses' | 'emails' | 'phoneNumbers' | 'familyMembers'>> {
  return {
    mailingAddresses: each(body.mailing_addresses, ({ street2, country, address_type, ...address }) => ({
      ...address,
      street2: street2 ?? null,
      country: country ?? null,
      addressType: address_type ?? null,
    })),
    emails: each(body.emails, ({ email, email_type }) => ({ email, emailType: email_type })),
    phoneNumbers: each(body.phone_numbers, ({ number, phone_type }) => ({ number, phoneType: phone_type })),
    familyMembers: each(body.family_members, ({ first_name, last_name, relationship }) => ({
      firstName: first_name,
      lastName: last_name,
      relationship,
    })),
  };
}

/** A list that is null is empty. */
function each<T, U>(items: readonly T[] | null | undefined, map: (item: T) => U): U[] | undefined {
  return items === undefined ? undefined : (items ?? []).map(map);
}

/** Undefined: not given. */
export function clientIn({ client_id: id }: OptionalContactAttributes): ClientId | null | undefined {
  return id as ClientId | null | undefined;
}

/** @throws InvalidField unless it names either an entity or a group */
export function defaultAffiliationIn({
  default_affiliation: chosen,
}: OptionalContactAttributes): DefaultAffiliation | null | undefined {
  if (chosen === null || chosen === undefined) return chosen;
  const { entity_id: entityId = null, group_id: groupId = null } = chosen;
  if (entityId !== null && groupId === null) return { entityId: entityId as EntityId };
  if (groupId !== null && entityId === null) return { groupId: groupId as GroupId };
  throw new InvalidField('defaultAffiliation', 'must name either an entity_id or a group_id');
}

/** @throws DomainError `type_mismatch` (409) when one is of another type */
export function affiliationsIn(relationships: GivenAffiliations = {}): Partial<Affiliations> {
  const { entity_affiliations: entities, group_affiliations: groups } = relationships;
  const at = (name: string) => `${RELATIONSHIPS}/${name}/data`;
  return {
    ...(entities && { entityIds: linkedIds<EntityId>(entities.data, 'entities', at('entity_affiliations')) }),
    ...(groups && { groupIds: linkedIds<GroupId>(groups.data, 'groups', at('group_affiliations')) }),
  };
}

/** Where in the body of a contact the reasons of its refusals stand. */
export function placesIn({
  entity_affiliations: entities,
  group_affiliations: groups,
}: GivenAffiliations = {}): BodyPlaces {
  const linkage = (name: string, type: Linkage['type'], data: Linkage['data'] = []): Linkage => ({
    pointer: `${RELATIONSHIPS}/${name}/data`,
    type,
    data,
  });
  return {
    linkages: [
      linkage('entity_affiliations', 'entities', entities?.data),
      linkage('group_affiliations', 'groups', groups?.data),
    ],
    attributes: {
      login_email_taken: 'login_email',
      login_email_required: 'login_email',
      external_user_id_taken: 'external_user_id',
      invalid_default_affiliation: 'default_affiliation',
    },
  };
}
