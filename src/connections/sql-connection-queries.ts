import {
  type ClientConnections,
  type ConnectionField,
  type ConnectionListItem,
  ConnectionQueries,
  type StaffConnectionListItem,
} from '@portico/domain/connections';
import type { Actor, ClientId, ConnectionId, CountedList, FirmId, ListRequest } from '@portico/domain/kernel';
import { Conditions } from '../platform/database/conditions.js';
import { addFilters, countedList, type ListColumns } from '../platform/database/counted-list.js';
import type { Database } from '../platform/database/database.js';
import { permittedEntities } from '../platform/database/permitted.sql.js';
import { prepared } from '../platform/database/prepared.js';
import { statement } from '../platform/database/statement.js';

const SHOWN = `p.id, p.platform, p.status, p.source, p.display_name as "displayName", p.account_id as "accountId",
  p.store_url as "storeUrl", p.scopes, p.connected_at as "connectedAt", p.last_synced_at as "lastSyncedAt",
  p.last_sync_error as "lastSyncError", p.token_expires_at as "tokenExpiresAt", p.created_at as "createdAt",
  p.updated_at as "updatedAt"`;
const SHOWN_TO_STAFF = `${SHOWN}, p.client_id as "clientId", c.name as "clientName", p.sync_state as "syncState",
  p.sync_days_done as "syncDaysDone", p.sync_days_total as "syncDaysTotal"`;
const OF_CLIENTS = 'platform_connections p join clients c on c.firm_id = p.firm_id and c.id = p.client_id';

/** A client without connections answers one row with nothing of a connection. */
const OF_CLIENT = statement(`
  select c.dashboard_enabled as "dashboardEnabled", ${SHOWN}
  from clients c left join platform_connections p
    on p.firm_id = c.firm_id and p.client_id = c.id and p.removed_at is null
  where c.firm_id = $1 and c.id = $2 order by p.id`);

const ONE_OF_CLIENT = statement(`
  select ${SHOWN} from ${OF_CLIENTS}
  where p.firm_id = $1 and p.client_id = $2 and p.id = $3 and p.removed_at is null and c.dashboard_enabled`);

const COLUMNS: ListColumns<ConnectionField> = {
  id: { sql: 'p.id', type: 'uuid' },
  clientId: { sql: 'p.client_id', type: 'bigint' },
  platform: { sql: 'p.platform', type: 'text' },
  status: { sql: 'p.status', type: 'text' },
  source: { sql: 'p.source', type: 'text' },
  displayName: { sql: 'p.display_name', type: 'text' },
  accountId: { sql: 'p.account_id', type: 'text' },
  syncState: { sql: 'p.sync_state', type: 'text' },
  connectedAt: { sql: 'p.connected_at', type: 'timestamptz' },
  lastSyncedAt: { sql: 'p.last_synced_at', type: 'timestamptz' },
  createdAt: { sql: 'p.created_at', type: 'timestamptz' },
  updatedAt: { sql: 'p.updated_at', type: 'timestamptz' },
};

type OfClientRow = { dashboardEnabled: boolean } & (ConnectionListItem | { id: null });

export class SqlConnectionQueries extends ConnectionQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async listOf(firmId: FirmId, clientId: ClientId): Promise<ClientConnections> {
    const rows = await this.database.query<OfClientRow>(OF_CLIENT, [firmId, clientId]);
    const connections = rows.flatMap(({ dashboardEnabled: _enabled, ...row }) => (row.id === null ? [] : [row]));
    return { dashboardEnabled: rows[0]?.dashboardEnabled ?? false, connections };
  }

  async findOf(firmId: FirmId, clientId: ClientId, id: ConnectionId): Promise<ConnectionListItem | null> {
    const values = [firmId, clientId, id];
    const [row] = await this.database.query<ConnectionListItem & Record<string, unknown>>(ONE_OF_CLIENT, values);
    return row ?? null;
  }

  listForStaff(
    actor: Actor,
    { filters, sort, ...part }: ListRequest<ConnectionField>,
  ): Promise<CountedList<StaffConnectionListItem>> {
    const where = visibleTo(actor);
    addFilters(where, filters, COLUMNS);
    const sorted = { ...part, sort: { sql: COLUMNS[sort.field].sql, order: sort.order } };
    return countedList(this.database, { select: SHOWN_TO_STAFF, from: OF_CLIENTS, where, id: 'p.id' }, sorted);
  }

  async findForStaff(actor: Actor, id: ConnectionId): Promise<StaffConnectionListItem | null> {
    const where = visibleTo(actor).add('p.id =', id);
    const text = `select ${SHOWN_TO_STAFF} from ${OF_CLIENTS} where ${where.text}`;
    const rows = await this.database.query<StaffConnectionListItem & Record<string, unknown>>(
      prepared(text),
      where.values,
    );
    return rows[0] ?? null;
  }
}

function visibleTo(actor: Actor): Conditions {
  const where = new Conditions().add('p.firm_id =', actor.firmId).and('p.removed_at is null');
  return actor.allDataAccess ? where : where.and(`c.entity_id in ${permittedEntities(where.value(actor.userId))}`);
}
