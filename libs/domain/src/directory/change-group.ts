import type { Actor, Clock, EntityId, GroupId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import { changeMembers, type MemberChange } from './group-members.js';
import type { GroupRepository } from './group-repository.js';
import { verdictOf } from './verdict.js';
import { visibleGroup } from './visible.js';

export interface ChangeGroupInput {
  readonly id: GroupId;
  readonly name?: string;
  readonly members?: { readonly how: MemberChange; readonly entityIds: readonly EntityId[] };
}

/** Changes the name of a group, or its members, or both, if they are given. */
export class ChangeGroup {
  constructor(
    private readonly groups: GroupRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `group_not_found`, `unknown_entities`, and InvalidField */
  async execute(actor: Actor, { id, name, members }: ChangeGroupInput): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      // entities are locked before groups
      const verdict = await verdictOf(() => requireReach(this.access, actor, { entityIds: members?.entityIds }));
      const group = await visibleGroup(this.groups, this.access, actor, id);
      const renamed = name === undefined ? {} : group.rename(name, now);
      verdict();
      const changed = members && (await changeMembers(this.groups, group, members.how, members.entityIds, now));
      const details = { ...renamed, ...(changed && { members: changed }) };
      if (Object.keys(details).length === 0) return;
      await this.history.record(actor, { action: 'group.changed', subject: { type: 'group', id }, details });
    });
  }
}
