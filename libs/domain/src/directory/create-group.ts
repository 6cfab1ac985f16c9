import type { Actor, Clock, EntityId, GroupId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import { Group } from './group.js';
import type { GroupRepository } from './group-repository.js';

/** Adds a group with its first members. Who may not see all data is permitted to see what they made. */
export class CreateGroup {
  constructor(
    private readonly groups: GroupRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The id of the new group.
   * @throws DomainError `unknown_entities`, and InvalidField
   */
  async execute(actor: Actor, input: { name: string; memberIds?: readonly EntityId[] }): Promise<GroupId> {
    const { firmId, userId } = actor;
    const { name, memberIds = [] } = input;
    return this.unitOfWork.run(async () => {
      const group = new Group({ firmId, name, createdAt: this.clock.now() });
      await requireReach(this.access, actor, { entityIds: memberIds });
      await this.groups.add(group);
      if (!actor.allDataAccess) await this.groups.permit(firmId, group.id, userId);
      const members = await this.groups.addMembers(firmId, group.id, memberIds);
      const details = { name: group.name, members };
      const subject = { type: 'group', id: group.id };
      await this.history.record(actor, { action: 'group.created', subject, details });
      return group.id;
    });
  }
}
