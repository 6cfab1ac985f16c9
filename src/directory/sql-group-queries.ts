import { type GroupListItem, GroupQueries, MOST_MEMBERS } from '@portico/domain/directory';
import {
  type Actor,
  type EntityId,
  type FirmId,
  type GroupId,
  type Page,
  pageOf,
  type PageRequest,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedGroups } from '../platform/database/permitted.sql.js';
import { prepared } from '../platform/database/prepared.js';
import { Conditions } from '../platform/database/conditions.js';

interface GroupRow extends Omit<GroupListItem, 'memberIds'> {
  /** Separated by commas; null when there are too many. */
  memberIds: string | null;
}

/** Of a group with more than `most` members none is shown, and no more are looked at than it takes to know. */
const select = (
  most: number,
): string => `select g.id, g.name, g.created_at as "createdAt", g.modified_at as "modifiedAt",
  (select case when count(*) <= ${most} then coalesce(string_agg(m.entity_id::text, ',' order by m.entity_id), '') end
    from (select entity_id from group_members where group_id = g.id order by entity_id limit ${most + 1}) m)
    as "memberIds"
  from groups g`;
const READ = select(MOST_MEMBERS.read);
const LISTED = select(MOST_MEMBERS.listed);

/** Reads groups with one statement for each question, whatever the number of groups and members. */
export class SqlGroupQueries extends GroupQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, id: GroupId): Promise<GroupListItem | null> {
    const where = visibleTo(actor).add('g.id =', id);
    const rows = await this.rows(`${READ} where ${where.text}`, where);
    return rows[0] ?? null;
  }

  list(actor: Actor, page: PageRequest): Promise<Page<GroupListItem>> {
    return this.page(visibleTo(actor), page);
  }

  listByIds(firmId: FirmId, ids: readonly GroupId[], page: PageRequest): Promise<Page<GroupListItem>> {
    return this.page(new Conditions().add('g.firm_id =', firmId).anyOf('g.id', ids), page);
  }

  private async page(where: Conditions, { limit, after }: PageRequest): Promise<Page<GroupListItem>> {
    where.add('g.id >', after ?? '0');
    const most = where.value(limit + 1);
    return pageOf(await this.rows(`${LISTED} where ${where.text} order by g.id limit ${most}`, where), limit);
  }

  private async rows(text: string, { values }: Conditions): Promise<GroupListItem[]> {
    const rows = await this.database.query<GroupRow>(prepared(text), values);
    return rows.map((row) => ({ ...row, memberIds: row.memberIds === null ? null : idsIn(row.memberIds) }));
  }
}

function idsIn(joined: string): EntityId[] {
  return joined === '' ? [] : (joined.split(',') as EntityId[]);
}

function visibleTo(actor: Actor): Conditions {
  const where = new Conditions().add('g.firm_id =', actor.firmId);
  return actor.allDataAccess ? where : where.and(`g.id in ${permittedGroups(where.value(actor.userId))}`);
}
