import { LockMode } from '@mikro-orm/core';
import { directoryErrors, EntityRepository, FirmEntity } from '@portico/domain/directory';
import type { EntityId, FirmId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

export class MikroOrmEntityRepository extends EntityRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(...entities: readonly FirmEntity[]): Promise<void> {
    const [first] = entities;
    if (!first) return;
    this.database.em.persist(entities);
    await this.claimExternalId(first); // of several, none comes with one
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

  permit(firmId: FirmId, id: EntityId, userId: UserId): Promise<void> {
    return this.permitAll(firmId, [id], userId);
  }

  async permitAll(firmId: FirmId, ids: readonly EntityId[], userId: UserId): Promise<void> {
    await this.database.em.execute(
      `insert into user_entities (firm_id, user_id, entity_id)
       select ?::bigint, ?::bigint, unnest(?::bigint[]) on conflict do nothing`,
      [firmId, userId, `{${ids.join(',')}}`],
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
