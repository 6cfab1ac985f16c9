import type { PermittedData, UserField, UserListItem, UserProfile } from '@portico/domain/identity';
import type { EntityId, GroupId } from '@portico/domain/kernel';
import type { FieldNames } from '../../platform/http/back-office-body.js';
import type { ListPlan } from '../../platform/http/back-office-list.js';
import { instant } from '../../platform/http/json-api.js';
import type { ChangedUserFields } from './user-body.dto.js';
import type { UserDto } from './user.dto.js';

/** By what users are filtered and sorted. */
export const USER_LIST: ListPlan<UserField> = {
  fields: {
    id: 'id',
    email: 'text',
    name: 'text',
    firstName: 'text',
    lastName: 'text',
    externalUserId: 'text',
    allDataAccess: 'boolean',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  defaultSort: 'id',
};

/** What the body of a user calls what its rules are about. */
export const USER_NAMES: FieldNames = {
  codes: {
    email_taken: 'email',
    external_user_id_taken: 'externalUserId',
    password_not_changeable: 'password',
    last_administrator: 'permissions',
  },
  ids: { entities: 'entityIds', groups: 'groupIds' },
};

/** A user as the Back Office shows it. */
export function userDto(user: UserListItem): UserDto {
  return {
    id: Number(user.id),
    email: user.email,
    name: user.name,
    firstName: user.firstName,
    lastName: user.lastName,
    externalUserId: user.externalUserId,
    loginMethod: 'email_password',
    adminAccess: user.permissions.includes('firm_admin'),
    allDataAccess: user.allDataAccess,
    twoFactorAuthEnabled: false,
    permissions: [...user.permissions],
    entityIds: user.entityIds.map(Number),
    groupIds: user.groupIds.map(Number),
    createdAt: instant(user.createdAt),
    updatedAt: instant(user.modifiedAt),
  };
}

/** What a body says of a user, as the use cases take it; what is not given is undefined. */
export function userIn(body: ChangedUserFields): Partial<UserProfile> {
  const { email, name, firstName, lastName, externalUserId, permissions, allDataAccess } = body;
  return { email, name, firstName, lastName, externalUserId, permissions, allDataAccess };
}

/** What a body permits to a user; what is not given is not in it. */
export function permittedIn({ entityIds, groupIds }: ChangedUserFields): Partial<PermittedData> {
  return {
    ...(entityIds && { entityIds: entityIds as EntityId[] }),
    ...(groupIds && { groupIds: groupIds as GroupId[] }),
  };
}
