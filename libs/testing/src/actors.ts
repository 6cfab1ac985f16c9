import { type Actor, effectivePermissions, type FirmId, type Permission, type UserId } from '@portico/domain/kernel';

/** A user of firm 1 with all permissions and all data, changed by `changes`. */
export function anActor(changes: Partial<Omit<Actor, 'permissions'>> & { permissions?: Permission[] } = {}): Actor {
  const { permissions = ['firm_admin'], ...others } = changes;
  return {
    firmId: '1' as FirmId,
    userId: '11' as UserId,
    scopes: null,
    allDataAccess: true,
    credential: { kind: 'api_key', id: '00000000-0000-4000-8000-000000000001' },
    origin: { requestId: 'request-1', address: '127.0.0.1' },
    ...others,
    permissions: effectivePermissions(permissions),
  };
}
