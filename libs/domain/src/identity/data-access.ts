import { type Actor, type EntityId, type GroupId, UnknownIds } from '../kernel/index.js';

/** Entities and groups of a firm. */
export interface PermittedData {
  readonly entityIds: readonly EntityId[];
  readonly groupIds: readonly GroupId[];
}

/** Which entities and groups a user may use (contract, section 2, "Data access"); asked inside a unit of work. */
export abstract class DataAccess {
  /**
   * Those of `ids` that the firm has not, or that are not permitted to `actor`, in the order given. The others can't
   * be deleted until the unit of work ends.
   */
  abstract outOfReach(actor: Actor, of: 'entities' | 'groups', ids: readonly string[]): Promise<readonly string[]>;
}

/** @throws UnknownIds naming all that are unknown, or not permitted to `actor` */
export async function requireReach(access: DataAccess, actor: Actor, data: Partial<PermittedData>): Promise<void> {
  const asked = [
    ['entities', data.entityIds ?? []],
    ['groups', data.groupIds ?? []],
  ] as const;
  for (const [of, ids] of asked) {
    const unknown = ids.length === 0 ? [] : await access.outOfReach(actor, of, ids);
    if (unknown.length > 0) throw new UnknownIds(of, unknown);
  }
}
