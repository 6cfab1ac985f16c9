import { type UserField, type UserListItem, UserQueries } from '@portico/domain/identity';
import {
  type Actor,
  type CountedList,
  type EntityId,
  type GroupId,
  type ListRequest,
  type Page,
  pageOf,
  type PageRequest,
  type UserId,
} from '@portico/domain/kernel';
import { Conditions } from '../platform/database/conditions.js';
import { addFilters, countedList, type ListColumns } from '../platform/database/counted-list.js';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';
import { statement } from '../platform/database/statement.js';

interface UserRow extends Omit<UserListItem, 'entityIds' | 'groupIds'> {
  /** Separated by commas. */
  entityIds: string | null;
  groupIds: string | null;
}

/** `entities` and `groups` are conditions on what is shown of the permitted data. */
const columns = (entities: string, groups: string): string =>
  `u.id, u.email, u.name, u.first_name as "firstName", u.last_name as "lastName",
   u.external_user_id as "externalUserId", u.permissions,
   (u.all_data_access or 'firm_admin' = any (u.permissions)) as "allDataAccess", u.created_at as "createdAt",
   coalesce(u.modified_at, u.created_at) as "modifiedAt",
   (select string_agg(a.entity_id::text, ',' order by a.entity_id) from user_entities a
     where a.user_id = u.id ${entities}) as "entityIds",
   (select string_agg(a.group_id::text, ',' order by a.group_id) from user_groups a
     where a.user_id = u.id ${groups}) as "groupIds"`;

const FIND = 'from users u where u.firm_id = $1 and u.id = $2';
const LIST = 'from users u where u.firm_id = $1 and u.id > $2 order by u.id limit $3';
/** To an actor with all data access. */
const ALL = {
  find: statement(`select ${columns('', '')} ${FIND}`),
  list: statement(`select ${columns('', '')} ${LIST}`),
};
/** To any other; the last value is the actor. */
const permittedTo = (actor: string) =>
  columns(`and a.entity_id in ${permittedEntities(actor)}`, `and a.group_id in ${permittedGroups(actor)}`);
const PERMITTED = {
  find: statement(`select ${permittedTo('$3')} ${FIND}`),
  list: statement(`select ${permittedTo('$4')} ${LIST}`),
};

const COLUMNS: ListColumns<UserField> = {
  id: { sql: 'u.id', type: 'bigint' },
  email: { sql: 'u.email', type: 'text' },
  name: { sql: 'u.name', type: 'text' },
  firstName: { sql: 'u.first_name', type: 'text' },
  lastName: { sql: 'u.last_name', type: 'text' },
  externalUserId: { sql: 'u.external_user_id', type: 'text' },
  allDataAccess: { sql: `(u.all_data_access or 'firm_admin' = any (u.permissions))`, type: 'boolean' },
  createdAt: { sql: 'u.created_at', type: 'timestamptz' },
  updatedAt: { sql: 'coalesce(u.modified_at, u.created_at)', type: 'timestamptz' },
};

export class SqlUserQueries extends UserQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, id: UserId): Promise<UserListItem | null> {
    const rows = await this.rows(actor, 'find', [actor.firmId, id]);
    return rows[0] ? itemOf(rows[0]) : null;
  }

  async list(actor: Actor, { limit, after }: PageRequest): Promise<Page<UserListItem>> {
    const { items, next } = pageOf(await this.rows(actor, 'list', [actor.firmId, after ?? '0', limit + 1]), limit);
    return { items: items.map(itemOf), next };
  }

  async listCounted(
    actor: Actor,
    { filters, sort, ...part }: ListRequest<UserField>,
  ): Promise<CountedList<UserListItem>> {
    const where = new Conditions().add('u.firm_id =', actor.firmId);
    addFilters(where, filters, COLUMNS);
    const sorted = { ...part, sort: { sql: COLUMNS[sort.field].sql, order: sort.order } };
    const select = actor.allDataAccess ? columns('', '') : permittedTo('caller.id');
    const from = actor.allDataAccess
      ? 'users u'
      : `users u, (select ${where.value(actor.userId)}::bigint as id) caller`;
    const { items, total } = await countedList<UserRow>(this.database, { select, from, where, id: 'u.id' }, sorted);
    return { items: items.map(itemOf), total };
  }

  private rows(actor: Actor, question: 'find' | 'list', values: readonly unknown[]): Promise<UserRow[]> {
    return actor.allDataAccess
      ? this.database.query<UserRow>(ALL[question], values)
      : this.database.query<UserRow>(PERMITTED[question], [...values, actor.userId]);
  }
}

function itemOf(row: UserRow): UserListItem {
  return { ...row, entityIds: ids<EntityId>(row.entityIds), groupIds: ids<GroupId>(row.groupIds) };
}

function ids<Id extends string>(joined: string | null): Id[] {
  return joined === null ? [] : (joined.split(',') as Id[]);
}
