import type { Actor, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import { directoryErrors } from './directory.errors.js';
import type { EntityRepository } from './entity-repository.js';
import type { GroupRepository } from './group-repository.js';
import { visibleEntity } from './visible.js';

/** Deletes an entity that no file or folder, archived ones included, is associated with. It leaves its groups. */
export class DeleteEntity {
  constructor(
    private readonly entities: EntityRepository,
    private readonly groups: GroupRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `entity_not_found`, `entity_in_use` */
  async execute(actor: Actor, input: { id: EntityId }): Promise<void> {
    const { firmId } = actor;
    await this.unitOfWork.run(async () => {
      const entity = await visibleEntity(this.entities, this.access, actor, input.id);
      const files = await this.entities.countFiles(firmId, entity.id);
      if (files > 0) throw directoryErrors.entityInUse(entity.id, files);
      const groupIds = await this.groups.removeFromAll(firmId, entity.id, this.clock.now());
      await this.entities.remove(entity);
      const { originalName, displayName, modelType, currencyFactor, externalId } = entity;
      const details = { originalName, displayName, modelType, currencyFactor, externalId, groupIds };
      const subject = { type: 'entity', id: input.id };
      await this.history.record(actor, { action: 'entity.deleted', subject, details });
    });
  }
}
