import { type ClientField, type ClientListItem, ClientQueries } from '@portico/domain/directory';
import type { Actor, ClientId, CountedList, FilterValue, ListRequest } from '@portico/domain/kernel';
import { Conditions } from '../platform/database/conditions.js';
import { addFilters, countedList, type ListColumns } from '../platform/database/counted-list.js';
import type { Database } from '../platform/database/database.js';
import { permittedEntities } from '../platform/database/permitted.sql.js';
import { prepared } from '../platform/database/prepared.js';

const SELECT = `c.id, c.name, c.external_id as "externalId", c.parent_id as "parentId", c.entity_id as "entityId",
  c.delivery_manager_id as "deliveryManagerId", c.sla_policy_id as "slaPolicyId", c.dashboard_enabled as "dashboardEnabled", c.time_zone as "timeZone",
  c.currency, c.status, c.tier, c.created_at as "createdAt", c.modified_at as "modifiedAt",
  c.archived_at as "archivedAt"`;

const COLUMNS: ListColumns<ClientField> = {
  id: { sql: 'c.id', type: 'bigint' },
  name: { sql: 'c.name', type: 'text' },
  externalId: { sql: 'c.external_id', type: 'text' },
  parentClientId: { sql: 'c.parent_id', type: 'bigint' },
  entityId: { sql: 'c.entity_id', type: 'bigint' },
  deliveryManagerId: { sql: 'c.delivery_manager_id', type: 'bigint' },
  slaPolicyId: { sql: 'c.sla_policy_id', type: 'uuid' },
  dashboardEnabled: { sql: 'c.dashboard_enabled', type: 'boolean' },
  timeZone: { sql: 'c.time_zone', type: 'text' },
  currency: { sql: 'c.currency', type: 'text' },
  status: { sql: 'c.status', type: 'text' },
  tier: { sql: 'c.tier', type: 'text' },
  createdAt: { sql: 'c.created_at', type: 'timestamptz' },
  updatedAt: { sql: 'c.modified_at', type: 'timestamptz' },
  archivedAt: { sql: 'c.archived_at', type: 'timestamptz' },
  archived: { sql: '(c.archived_at is not null)', type: 'boolean' },
};

export class SqlClientQueries extends ClientQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, id: ClientId): Promise<ClientListItem | null> {
    const where = visibleTo(actor).add('c.id =', id);
    const text = `select ${SELECT} from clients c where ${where.text}`;
    const rows = await this.database.query<ClientListItem & Record<string, unknown>>(prepared(text), where.values);
    return rows[0] ?? null;
  }

  list(actor: Actor, { filters, sort, ...part }: ListRequest<ClientField>): Promise<CountedList<ClientListItem>> {
    const where = visibleTo(actor);
    addFilters(where, new Map<ClientField, readonly FilterValue[]>([['archived', [false]], ...filters]), COLUMNS);
    const sorted = { ...part, sort: { sql: COLUMNS[sort.field].sql, order: sort.order } };
    return countedList(this.database, { select: SELECT, from: 'clients c', where, id: 'c.id' }, sorted);
  }
}

function visibleTo(actor: Actor): Conditions {
  const where = new Conditions().add('c.firm_id =', actor.firmId);
  return actor.allDataAccess ? where : where.and(`c.entity_id in ${permittedEntities(where.value(actor.userId))}`);
}
