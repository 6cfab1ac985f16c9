import type { ClientId, FirmId } from '@portico/domain/kernel';
import { ConnectedPlatforms } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const CONNECTED = statement(`select distinct platform from platform_connections
  where firm_id = $1 and client_id = $2 and status = 'connected' and removed_at is null order by platform`);

export class SqlConnectedPlatforms extends ConnectedPlatforms {
  constructor(private readonly database: Database) {
    super();
  }

  async of(firmId: FirmId, companyId: ClientId): Promise<readonly string[]> {
    const rows = await this.database.query<{ platform: string }>(CONNECTED, [firmId, companyId]);
    return rows.map(({ platform }) => platform);
  }
}
