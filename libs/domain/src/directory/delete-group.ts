import type { Actor, GroupId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import { directoryErrors } from './directory.errors.js';
import type { GroupRepository } from './group-repository.js';
import { visibleGroup } from './visible.js';

/** Deletes a group that no file or folder, archived ones included, is associated with. Its members stay. */
export class DeleteGroup {
  constructor(
    private readonly groups: GroupRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `group_not_found`, `group_in_use` */
  async execute(actor: Actor, { id }: { id: GroupId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const group = await visibleGroup(this.groups, this.access, actor, id);
      const files = await this.groups.countFiles(actor.firmId, id);
      if (files > 0) throw directoryErrors.groupInUse(id, files);
      const details = { name: group.name, members: await this.groups.listMembers(actor.firmId, id) };
      await this.groups.remove(group);
      await this.history.record(actor, { action: 'group.deleted', subject: { type: 'group', id }, details });
    });
  }
}
