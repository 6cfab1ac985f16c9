import { type Actor, effectivePermissions, type UserId } from '../kernel/index.js';
import { type DataAccess, type PermittedData } from './data-access.js';
import { identityErrors } from './identity.errors.js';
import type { User } from './user.js';

type Rights = Pick<User, 'permissions' | 'allDataAccess'>;

/** Nobody grants what they do not have. @throws DomainError `grant_exceeds_own` */
export function requireOwnRights(actor: Actor, granted: Rights): void {
  const missing = missingRights(actor, granted);
  if (missing.length > 0) throw identityErrors.grantExceedsOwn(missing);
}

/**
 * Nobody changes a user who has rights or data beyond theirs: a new password would hand them over.
 * @throws DomainError `user_exceeds_own`
 */
export async function requireWithinOwn(
  access: DataAccess,
  actor: Actor,
  user: User,
  permitted: PermittedData,
): Promise<void> {
  const beyond =
    missingRights(actor, user).length > 0 ||
    (await access.outOfReach(actor, 'entities', permitted.entityIds)).length > 0 ||
    (await access.outOfReach(actor, 'groups', permitted.groupIds)).length > 0;
  if (beyond) throw identityErrors.userExceedsOwn(user.id);
}

/**
 * Nobody decides about their own rights and data: what is theirs through a group would stay theirs when the group loses
 * it. To an administrator it makes no difference.
 * @throws DomainError `own_rights_not_changeable`
 */
export function requireRightsOfOther(actor: Actor, userId: UserId): void {
  if (actor.userId === userId && !actor.permissions.has('firm_admin')) throw identityErrors.ownRights();
}

/**
 * Who signs in as another reads what that user alone may read: files without associations that they made. Null is the id
 * of a user who is still to be.
 * @throws DomainError `password_not_changeable`
 */
export function requirePasswordRight(actor: Actor, userId: UserId | null): void {
  if (!actor.allDataAccess && actor.userId !== userId) throw identityErrors.passwordOfOther();
}

function missingRights(actor: Actor, { permissions, allDataAccess }: Rights): string[] {
  const missing: string[] = [...effectivePermissions(permissions)].filter((it) => !actor.permissions.has(it));
  return allDataAccess && !actor.allDataAccess ? [...missing, 'all_data_access'] : missing;
}
