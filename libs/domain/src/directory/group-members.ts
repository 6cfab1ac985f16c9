import type { EntityId } from '../kernel/index.js';
import type { Group } from './group.js';
import type { GroupRepository } from './group-repository.js';

/** How a list of entities changes the members of a group: joins them, takes their place, or leaves them. */
export type MemberChange = 'add' | 'replace' | 'remove';

/** Who came to a group and who left it, as the history keeps it. */
export interface ChangedMembers {
  readonly added: readonly EntityId[];
  readonly removed: readonly EntityId[];
}

/** Changes the members of `group`, which is locked, and answers what that changed; null when it changed nothing. */
export async function changeMembers(
  groups: GroupRepository,
  group: Group,
  how: MemberChange,
  entityIds: readonly EntityId[],
  now: Date,
): Promise<ChangedMembers | null> {
  const { firmId, id } = group;
  const staying = new Set(entityIds);
  const leaving =
    how === 'replace' ? (await groups.listMembers(firmId, id)).filter((entityId) => !staying.has(entityId)) : entityIds;
  const removed = how === 'add' ? [] : await groups.removeMembers(firmId, id, leaving);
  const added = how === 'remove' ? [] : await groups.addMembers(firmId, id, entityIds);
  if (added.length === 0 && removed.length === 0) return null;
  group.membersChanged(now);
  return { added, removed };
}
