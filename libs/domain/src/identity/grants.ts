import { type Actor, effectivePermissions } from '../kernel/index.js';
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

function missingRights(actor: Actor, { permissions, allDataAccess }: Rights): string[] {
  const missing: string[] = [...effectivePermissions(permissions)].filter((it) => !actor.permissions.has(it));
  return allDataAccess && !actor.allDataAccess ? [...missing, 'all_data_access'] : missing;
}
