import type { ClientConnections, ConnectionListItem } from '@portico/domain/connections';
import { instant } from '../../platform/http/json-api.js';
import type { PortalConnectionDocument, PortalConnectionDto, PortalConnectionList } from './portal-connection.dto.js';

/** Connections as the Portal API shows them: field by field, so that nothing else can get out. */
export class PortalConnectionPresenter {
  /** Without a dashboard there is nothing to see. */
  list({ dashboardEnabled, connections }: ClientConnections): PortalConnectionList {
    const shown = dashboardEnabled ? connections : [];
    return { connections: shown.map((one) => this.connection(one)), dashboard_enabled: dashboardEnabled };
  }

  document(connection: ConnectionListItem): PortalConnectionDocument {
    return { connection: this.connection(connection) };
  }

  private connection(connection: ConnectionListItem): PortalConnectionDto {
    return {
      id: connection.id,
      platform: connection.platform,
      status: connection.status,
      source: connection.source,
      display_name: connection.displayName,
      account_id: connection.accountId,
      store_url: connection.storeUrl,
      scopes: connection.scopes && [...connection.scopes],
      connected_at: instant(connection.connectedAt),
      last_synced_at: instantOrNull(connection.lastSyncedAt),
      last_sync_error: connection.lastSyncError,
      token_expires_at: instantOrNull(connection.tokenExpiresAt),
      created_at: instant(connection.createdAt),
      updated_at: instant(connection.updatedAt),
    };
  }
}

function instantOrNull(date: Date | null): string | null {
  return date === null ? null : instant(date);
}
