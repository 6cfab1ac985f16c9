import { LockMode } from '@mikro-orm/core';
import { directoryErrors, EntityRepository, FirmEntity } from '@portico/domain/directory';
import type { EntityId, FirmId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

export class MikroOrmEntityRepository extends EntityRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(entity: FirmEntity): Promise<void> {
    this.database.em.persist(entity);
    await this.claimExternalId(entity);
  }

  find(firmId: FirmId, id: EntityId): Promise<FirmEntity | null> {
    return this.database.em.findOne(FirmEntity, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  async claimExternalId(entity: FirmEntity): Promise<void> {
    try {
      await this.database.em.flush();
    } catch (error) {
      if (violatedConstraint(error) === 'entities_firm_id_external_id_key' && entity.externalId !== null)
        throw directoryErrors.externalIdTaken(entity.externalId);
      throw error;
    }
  }

  async permit(firmId: FirmId, id: EntityId, userId: UserId): Promise<void> {
    await this.database.em.execute(
      'insert into user_entities (firm_id, user_id, entity_id) values (?, ?, ?) on conflict do nothing',
      [firmId, userId, id],
    );
  }

  async countFiles(firmId: FirmId, id: EntityId): Promise<number> {
    const rows: { count: string }[] = await this.database.em.execute(
      'select count(*) as count from file_entities where firm_id = ? and entity_id = ?',
      [firmId, id],
    );
    return Number(rows[0]?.count);
  }

  async remove(entity: FirmEntity): Promise<void> {
    try {
      await this.database.em.remove(entity).flush();
    } catch (error) {
      // whatever refers to an entity and does not go with it
      if (violatedConstraint(error) !== null) throw directoryErrors.entityInUse(entity.id, null);
      throw error;
    }
  }
}
