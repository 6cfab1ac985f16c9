import { type EntityFilters, type EntityListItem, EntityQueries } from '@portico/domain/directory';
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
import { permittedEntities } from '../platform/database/permitted.sql.js';
import { prepared } from '../platform/database/prepared.js';
import { Conditions } from '../platform/database/conditions.js';

const COLUMNS = `e.id, e.original_name as "originalName", e.display_name as "displayName", e.model_type as "modelType",
  e.currency_factor as "currencyFactor", e.external_id as "externalId", e.created_at as "createdAt",
  e.modified_at as "modifiedAt"`;

/** Reads entities with one statement for each question, whatever the number of rows. */
export class SqlEntityQueries extends EntityQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, id: EntityId): Promise<EntityListItem | null> {
    const where = visibleTo(actor).add('e.id =', id);
    const rows = await this.rows(`select ${COLUMNS} from entities e where ${where.text}`, where);
    return rows[0] ?? null;
  }

  list(actor: Actor, page: PageRequest, { externalId, modelTypes }: EntityFilters = {}): Promise<Page<EntityListItem>> {
    if (modelTypes && externalId === undefined && actor.allDataAccess)
      return this.pageOfTypes(actor.firmId, page, modelTypes);
    const where = visibleTo(actor);
    if (externalId !== undefined) where.add('e.external_id =', externalId);
    if (modelTypes) where.and(`e.model_type = any (${where.value(modelTypes)}::text[])`);
    return this.page(where, page);
  }

  async listMembers(firmId: FirmId, groupId: GroupId, page: PageRequest): Promise<Page<EntityListItem>> {
    const where = new Conditions().add('m.firm_id =', firmId).add('m.group_id =', groupId);
    where.add('m.entity_id >', page.after ?? '0');
    const limit = where.value(page.limit + 1);
    const text = `select ${COLUMNS} from group_members m join entities e on e.id = m.entity_id
      where ${where.text} order by m.entity_id limit ${limit}`;
    return pageOf(await this.rows(text, where), page.limit);
  }

  listByIds(firmId: FirmId, ids: readonly EntityId[], page: PageRequest): Promise<Page<EntityListItem>> {
    return this.page(new Conditions().add('e.firm_id =', firmId).anyOf('e.id', ids), page);
  }

  private async page(where: Conditions, page: PageRequest): Promise<Page<EntityListItem>> {
    where.add('e.id >', page.after ?? '0');
    const most = where.value(page.limit + 1);
    const text = `select ${COLUMNS} from entities e where ${where.text} order by e.id limit ${most}`;
    return pageOf(await this.rows(text, where), page.limit);
  }

  /**
   * Each type brings its own first rows after the cursor. Written as a range in the order of its index, so that the
   * planner has no other way: it would look for a rare type among all entities.
   */
  private async pageOfTypes(
    firmId: FirmId,
    { limit, after }: PageRequest,
    modelTypes: readonly string[],
  ): Promise<Page<EntityListItem>> {
    const where = new Conditions().add('e.firm_id =', firmId);
    where.and(`(e.model_type, e.id) > (t.model_type, ${where.value(after ?? '0')}::bigint)`);
    where.and('e.model_type <= t.model_type');
    const [types, most] = [where.value([...new Set(modelTypes)]), where.value(limit + 1)];
    const text = `select e.* from unnest(${types}::text[]) t (model_type) cross join lateral (
        select ${COLUMNS} from entities e where ${where.text} order by e.model_type, e.id limit ${most}) e
      order by e.id limit ${most}`;
    return pageOf(await this.rows(text, where), limit);
  }

  private rows(text: string, { values }: Conditions): Promise<EntityListItem[]> {
    return this.database.query<EntityListItem>(prepared(text), values);
  }
}

function visibleTo(actor: Actor): Conditions {
  const where = new Conditions().add('e.firm_id =', actor.firmId);
  return actor.allDataAccess ? where : where.and(`e.id in ${permittedEntities(where.value(actor.userId))}`);
}
