import { identityErrors, UserRepository } from '@portico/domain/identity';
import { type Actor, effectivePermissions, type FirmId, type Permission, UnitOfWork } from '@portico/domain/kernel';
import { accessErrors } from '../../platform/access/access.errors.js';
import type { Operator } from '../operator.js';

/**
 * The operator in the name of the firm's user with this address: with that user's rights, and no more.
 * @throws DomainError `firm_not_found`, `user_not_found`, `missing_permission`
 */
export async function actingUser(
  operator: Operator,
  firmId: FirmId,
  email: string,
  needed: readonly Permission[],
): Promise<Actor> {
  const userId = await operator.userOf(firmId, email);
  const user = await operator.get(UnitOfWork).run(() => operator.get(UserRepository).find(firmId, userId));
  if (!user) throw identityErrors.userNotFound(email);
  const permissions = effectivePermissions(user.permissions);
  const lacking = needed.find((permission) => !permissions.has(permission));
  if (lacking !== undefined) throw accessErrors.missingPermission(lacking);
  return { ...operator.author, firmId, userId, permissions, allDataAccess: user.allDataAccess, scopes: null };
}
