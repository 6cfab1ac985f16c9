import { Dependents } from '@portico/domain/directory';
import type { Actor, ContactId, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';
import { idArray } from './id-array.js';

const MEMBERSHIPS = '(select group_id from group_members where firm_id = ? and entity_id = ?)';
const KINDS = {
  entities: {
    contacts: '(select contact_id from contact_entities where firm_id = ? and entity_id = ?)',
    users: 'select user_id as id from user_entities where firm_id = ? and entity_id = ? order by user_id',
  },
  groups: {
    contacts: '(select contact_id from contact_groups where firm_id = ? and group_id = ?)',
    users: 'select user_id as id from user_groups where firm_id = ? and group_id = ? order by user_id',
  },
} as const;
type Kind = keyof typeof KINDS;

/**
 * Rows are locked before anything that leads to them is removed: whoever changes them has locked them too, and removes
 * the same.
 */
export class SqlDependents extends Dependents {
  constructor(private readonly database: Database) {
    super();
  }

  async leaveGroups(firmId: FirmId, entityId: EntityId, now: Date): Promise<readonly GroupId[]> {
    await this.hold('groups', MEMBERSHIPS, firmId, entityId);
    return this.ids<GroupId>(
      `with gone as (delete from group_members where firm_id = ? and entity_id = ? returning group_id),
         touched as (update groups set modified_at = ? where firm_id = ? and id in (select group_id from gone) returning id)
       select id from touched order by id`,
      [firmId, entityId, now, firmId],
    );
  }

  async touchContacts(firmId: FirmId, of: Kind, id: string, now: Date): Promise<readonly ContactId[]> {
    const { contacts } = KINDS[of];
    await this.hold('contacts', contacts, firmId, id);
    return this.ids<ContactId>(
      `with touched as (update contacts set modified_at = ?, version = version + 1
         where firm_id = ? and id in ${contacts} returning id)
       select id from touched order by id`,
      [now, firmId, firmId, id],
    );
  }

  async findUnchangeable(actor: Actor, contactIds: readonly ContactId[]): Promise<ContactId | null> {
    const asked = [actor.firmId, idArray(contactIds)];
    const [found] = await this.ids<ContactId>(
      `with me as materialized (select ?::bigint as id),
         my_entities as materialized ${permittedEntities('(select id from me)')},
         my_groups as materialized ${permittedGroups('(select id from me)')}
       select contact_id as id from contact_entities
         where firm_id = ? and contact_id = any (?::bigint[]) and entity_id not in (select entity_id from my_entities)
       union all
       select contact_id from contact_groups
         where firm_id = ? and contact_id = any (?::bigint[]) and group_id not in (select group_id from my_groups)
       order by id limit 1`,
      [actor.userId, ...asked, ...asked],
    );
    return found ?? null;
  }

  listUsers(firmId: FirmId, of: Kind, id: string): Promise<readonly UserId[]> {
    return this.ids<UserId>(KINDS[of].users, [firmId, id]);
  }

  private async hold(table: 'groups' | 'contacts', those: string, firmId: FirmId, id: string): Promise<void> {
    await this.database.em.execute(
      `select from ${table} where firm_id = ? and id in ${those} order by id for no key update`,
      [firmId, firmId, id],
    );
  }

  private async ids<Id extends string>(sql: string, values: readonly unknown[]): Promise<Id[]> {
    const rows: { id: string }[] = await this.database.em.execute(sql, values as unknown[]);
    return rows.map(({ id }) => String(id) as Id);
  }
}
