import type { Actor, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import { affectedBy, type Dependents } from './dependents.js';
import { directoryErrors } from './directory.errors.js';
import type { EntityRepository } from './entity-repository.js';
import { visibleEntity } from './visible.js';

/**
 * Deletes an entity that no file or folder, archived ones included, is associated with. It leaves its groups, its
 * contacts and the users to whom it is permitted.
 */
export class DeleteEntity {
  constructor(
    private readonly entities: EntityRepository,
    private readonly dependents: Dependents,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `entity_not_found`, `entity_in_use`, `affiliated_contact_not_changeable` */
  async execute(actor: Actor, input: { id: EntityId }): Promise<void> {
    const { firmId } = actor;
    await this.unitOfWork.run(async () => {
      const entity = await visibleEntity(this.entities, this.access, actor, input.id);
      const files = await this.entities.countFiles(firmId, entity.id);
      if (files > 0) throw directoryErrors.entityInUse(entity.id, files);
      const now = this.clock.now();
      const groupIds = await this.dependents.leaveGroups(firmId, entity.id, now);
      const others = await affectedBy(this.dependents, actor, 'entities', entity.id, now);
      await this.entities.remove(entity);
      const { originalName, displayName, modelType, currencyFactor, externalId } = entity;
      const details = { originalName, displayName, modelType, currencyFactor, externalId, groupIds, ...others };
      const subject = { type: 'entity', id: input.id };
      await this.history.record(actor, { action: 'entity.deleted', subject, details });
    });
  }
}
