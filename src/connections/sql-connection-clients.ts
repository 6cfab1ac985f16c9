import { type ConnectionClient, ConnectionClients } from '@portico/domain/connections';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import type { Statements } from '../platform/database/statements.js';

const FIND = `select id::text as id, name, dashboard_enabled as "dashboardEnabled",
  delivery_manager_id::text as "deliveryManagerId" from clients where firm_id = ?::bigint and id = ?::bigint`;

export class SqlConnectionClients extends ConnectionClients {
  constructor(private readonly statements: Statements) {
    super();
  }

  async find(firmId: FirmId, id: ClientId): Promise<ConnectionClient | null> {
    const [row] = await this.statements.run<ConnectionClient>(FIND, [firmId, id]);
    return row ?? null;
  }
}
