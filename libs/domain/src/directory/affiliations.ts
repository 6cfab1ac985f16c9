import type { EntityId, GroupId } from '../kernel/index.js';

/** The entities and groups with which a contact is affiliated. */
export interface Affiliations {
  readonly entityIds: readonly EntityId[];
  readonly groupIds: readonly GroupId[];
}

/** The one of a contact's affiliations that the portal shows first. */
export type DefaultAffiliation = { readonly entityId: EntityId } | { readonly groupId: GroupId };

/** What is among `all` and not among `those`. */
export function without(all: Affiliations, those: Affiliations): Affiliations {
  return { entityIds: lacking(all.entityIds, those.entityIds), groupIds: lacking(all.groupIds, those.groupIds) };
}

export const isNone = ({ entityIds, groupIds }: Affiliations): boolean => entityIds.length + groupIds.length === 0;

/** `some` with `more`, each once. */
export function together<Id>(some: readonly Id[], more: readonly Id[] = []): readonly Id[] {
  return more.length === 0 ? some : [...new Set([...some, ...more])];
}

export function lacking<Id>(all: readonly Id[], those: readonly Id[] = []): readonly Id[] {
  const set = new Set(those);
  return set.size === 0 ? all : all.filter((id) => !set.has(id));
}
