import type { Actor, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import type { ChosenEntityFields } from './entity.js';
import type { EntityRepository } from './entity-repository.js';
import { visibleEntity } from './visible.js';

/** Changes those fields of an entity that are given; null takes away what may be absent. */
export class ChangeEntity {
  constructor(
    private readonly entities: EntityRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `entity_not_found`, `external_id_taken`, and InvalidField */
  async execute(actor: Actor, input: { id: EntityId; fields: Partial<ChosenEntityFields> }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const entity = await visibleEntity(this.entities, this.access, actor, input.id);
      const details = entity.revise(input.fields, this.clock.now());
      if (Object.keys(details).length === 0) return;
      if (details['externalId']) await this.entities.claimExternalId(entity);
      const subject = { type: 'entity', id: entity.id };
      await this.history.record(actor, { action: 'entity.changed', subject, details });
    });
  }
}
