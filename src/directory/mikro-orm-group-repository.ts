import { LockMode } from '@mikro-orm/core';
import { directoryErrors, Group, GroupRepository } from '@portico/domain/directory';
import type { EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';
import { idArray } from './id-array.js';

export class MikroOrmGroupRepository extends GroupRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(group: Group): Promise<void> {
    await this.database.em.persist(group).flush();
  }

  find(firmId: FirmId, id: GroupId): Promise<Group | null> {
    return this.database.em.findOne(Group, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  async permit(firmId: FirmId, id: GroupId, userId: UserId): Promise<void> {
    await this.database.em.execute(
      'insert into user_groups (firm_id, user_id, group_id) values (?, ?, ?) on conflict do nothing',
      [firmId, userId, id],
    );
  }

  listMembers(firmId: FirmId, id: GroupId): Promise<readonly EntityId[]> {
    return this.ids<EntityId>('select entity_id as id from group_members where firm_id = ? and group_id = ?', [
      firmId,
      id,
    ]);
  }

  async addMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]> {
    if (entityIds.length === 0) return [];
    return this.ids<EntityId>(
      `insert into group_members (firm_id, group_id, entity_id)
       select g.firm_id, g.id, given.id from groups g, unnest(?::bigint[]) given (id) where g.firm_id = ? and g.id = ?
       on conflict do nothing returning entity_id as id`,
      [idArray(entityIds), firmId, id],
    );
  }

  async removeMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]> {
    if (entityIds.length === 0) return [];
    return this.ids<EntityId>(
      `delete from group_members where firm_id = ? and group_id = ? and entity_id = any (?::bigint[])
       returning entity_id as id`,
      [firmId, id, idArray(entityIds)],
    );
  }

  async countFiles(firmId: FirmId, id: GroupId): Promise<number> {
    const rows: { count: string }[] = await this.database.em.execute(
      'select count(*) as count from file_groups where firm_id = ? and group_id = ?',
      [firmId, id],
    );
    return Number(rows[0]?.count);
  }

  async remove(group: Group): Promise<void> {
    try {
      await this.database.em.remove(group).flush();
    } catch (error) {
      // whatever refers to a group and does not go with it
      if (violatedConstraint(error) !== null) throw directoryErrors.groupInUse(group.id, null);
      throw error;
    }
  }

  /** The column `id` of all rows, ascending. */
  private async ids<Id extends string>(sql: string, values: readonly unknown[]): Promise<Id[]> {
    const rows: { id: string }[] = await this.database.em.execute(sql, values as unknown[]);
    return rows.map(({ id }) => String(id) as Id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  }
}
