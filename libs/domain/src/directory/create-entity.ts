import type { Actor, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { FirmEntity, type NewEntityFields } from './entity.js';
import type { EntityRepository } from './entity-repository.js';

/** Adds an entity to the firm (contract, section 3). Who may not see all data is permitted to see what they made. */
export class CreateEntity {
  constructor(
    private readonly entities: EntityRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The id of the new entity.
   * @throws DomainError `external_id_taken`, and InvalidField
   */
  async execute(actor: Actor, fields: NewEntityFields): Promise<EntityId> {
    const { firmId, userId } = actor;
    return this.unitOfWork.run(async () => {
      const entity = new FirmEntity({ ...fields, firmId, createdAt: this.clock.now() });
      await this.entities.add(entity);
      if (!actor.allDataAccess) await this.entities.permit(firmId, entity.id, userId);
      const { originalName, displayName, modelType, currencyFactor, externalId } = entity;
      const details = { originalName, displayName, modelType, currencyFactor, externalId };
      const subject = { type: 'entity', id: entity.id };
      await this.history.record(actor, { action: 'entity.created', subject, details });
      return entity.id;
    });
  }
}
