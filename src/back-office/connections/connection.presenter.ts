import {
  CONNECTION_SOURCES,
  CONNECTION_STATUSES,
  type ConnectionField,
  PLATFORMS,
  type StaffConnectionListItem,
  SYNC_STATES,
} from '@portico/domain/connections';
import type { FieldNames } from '../../platform/http/back-office-body.js';
import type { ListPlan } from '../../platform/http/back-office-list.js';
import { instant } from '../../platform/http/json-api.js';
import type { ConnectionDto } from './connection.dto.js';

/** By what connections are filtered and sorted. */
export const CONNECTION_LIST: ListPlan<ConnectionField> = {
  fields: {
    id: 'uuid',
    clientId: 'id',
    platform: PLATFORMS,
    status: CONNECTION_STATUSES,
    source: CONNECTION_SOURCES,
    displayName: 'text',
    accountId: 'text',
    syncState: SYNC_STATES,
    connectedAt: 'instant',
    lastSyncedAt: 'instant',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  defaultSort: 'createdAt',
};

/** What the body of a connection calls what its rules are about. */
export const CONNECTION_NAMES: FieldNames = {
  fields: { display_name: 'displayName' },
  codes: { connection_test_failed: 'credentials' },
};

/** A connection as the Back Office shows it: field by field, so that nothing else can get out. */
export function connectionDto(connection: StaffConnectionListItem): ConnectionDto {
  const { id, clientName, platform, status, source, displayName, accountId, storeUrl } = connection;
  const { syncState, syncDaysDone, syncDaysTotal, lastSyncError } = connection;
  return {
    ...{ id, clientId: Number(connection.clientId), clientName, platform, status, source, displayName },
    ...{ accountId, storeUrl, scopes: connection.scopes && [...connection.scopes] },
    connectedAt: instant(connection.connectedAt),
    lastSyncedAt: instantOrNull(connection.lastSyncedAt),
    lastSyncError,
    tokenExpiresAt: instantOrNull(connection.tokenExpiresAt),
    ...{ syncState, syncDaysDone, syncDaysTotal },
    createdAt: instant(connection.createdAt),
    updatedAt: instant(connection.updatedAt),
  };
}

function instantOrNull(date: Date | null): string | null {
  return date === null ? null : instant(date);
}
