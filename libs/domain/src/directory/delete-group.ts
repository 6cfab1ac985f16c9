import type { Actor, Clock, GroupId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import { affectedBy, type Dependents } from './dependents.js';
import { directoryErrors } from './directory.errors.js';
import type { GroupRepository } from './group-repository.js';
import { visibleGroup } from './visible.js';

/**
 * Deletes a group that no file or folder, archived ones included, is associated with. Its members stay; it leaves its
 * contacts and the users to whom it is permitted.
 */
export class DeleteGroup {
  constructor(
    private readonly groups: GroupRepository,
    private readonly dependents: Dependents,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `group_not_found`, `group_in_use`, `affiliated_contact_not_changeable` */
  async execute(actor: Actor, { id }: { id: GroupId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const group = await visibleGroup(this.groups, this.access, actor, id);
      const files = await this.groups.countFiles(actor.firmId, id);
      if (files > 0) throw directoryErrors.groupInUse(id, files);
      const members = await this.groups.listMembers(actor.firmId, id);
      const others = await affectedBy(this.dependents, actor, 'groups', id, this.clock.now());
      const details = { name: group.name, members, ...others };
      await this.groups.remove(group);
      await this.history.record(actor, { action: 'group.deleted', subject: { type: 'group', id }, details });
    });
  }
}
