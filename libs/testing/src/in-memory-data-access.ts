import { DataAccess } from '@portico/domain/identity';
import type { Actor, FirmId, UserId } from '@portico/domain/kernel';

type Kind = 'entities' | 'groups';

/** Knows which entities and groups there are, and to whom they are permitted. */
export class InMemoryDataAccess extends DataAccess {
  private readonly known = new Map<string, readonly UserId[]>();

  /** Puts an entity or group into a firm, permitted to these users. */
  put(firmId: FirmId, of: Kind, id: string, ...permittedTo: UserId[]): void {
    this.known.set(`${firmId} ${of} ${id}`, permittedTo);
  }

  has(firmId: FirmId, of: Kind, id: string): boolean {
    return this.known.has(`${firmId} ${of} ${id}`);
  }

  isPermitted(firmId: FirmId, of: Kind, id: string, userId: UserId): boolean {
    return this.known.get(`${firmId} ${of} ${id}`)?.includes(userId) === true;
  }

  outOfReach({ firmId, userId, allDataAccess }: Actor, of: Kind, ids: readonly string[]): Promise<readonly string[]> {
    const reached = (id: string) =>
      this.has(firmId, of, id) && (allDataAccess || this.isPermitted(firmId, of, id, userId));
    return Promise.resolve(ids.filter((id) => !reached(id)));
  }
}
