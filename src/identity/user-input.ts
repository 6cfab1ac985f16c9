import type { PermittedData, UserProfile } from '@portico/domain/identity';
import type { EntityId, GroupId } from '@portico/domain/kernel';
import { linkedIds } from '../platform/http/json-api.js';
import type { BodyPlaces, Linkage } from '../platform/http/located.js';
import type { ChangedUserAttributes, GivenPermittedData } from './user-body.dto.js';

const ENTITIES = '/data/relationships/permissioned_entities/data';
const GROUPS = '/data/relationships/permissioned_groups/data';

/** What a body says of a user, as the use cases take it; what is not given is undefined. */
export function profileIn(body: ChangedUserAttributes): Partial<UserProfile> {
  return {
    email: body.email,
    name: body.name,
    firstName: body.first_name,
    lastName: body.last_name,
    externalUserId: body.external_user_id,
    permissions: body.permissions,
    allDataAccess: body.all_data_access,
  };
}

/** @throws DomainError `type_mismatch` (409) when one is of another type */
export function permittedIn(relationships: GivenPermittedData = {}): Partial<PermittedData> {
  const { permissioned_entities: entities, permissioned_groups: groups } = relationships;
  return {
    ...(entities && { entityIds: linkedIds<EntityId>(entities.data, 'entities', ENTITIES) }),
    ...(groups && { groupIds: linkedIds<GroupId>(groups.data, 'groups', GROUPS) }),
  };
}

/** Where in the body of a user the reasons of its refusals stand. */
export function placesIn({ permissioned_entities, permissioned_groups }: GivenPermittedData = {}): BodyPlaces {
  const linkages: Linkage[] = [
    { pointer: ENTITIES, type: 'entities', data: permissioned_entities?.data ?? [] },
    { pointer: GROUPS, type: 'groups', data: permissioned_groups?.data ?? [] },
  ];
  const attributes = {
    email_taken: 'email',
    external_user_id_taken: 'external_user_id',
    password_not_changeable: 'password',
    last_administrator: 'permissions',
  };
  return { linkages, attributes };
}
