import { defineEntity, p } from '@mikro-orm/core';
import {
  Connection,
  type ConnectionSource,
  type ConnectionStatus,
  type Platform,
  type SyncState,
} from '@portico/domain/connections';
import type { ClientId, ConnectionId, FirmId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

const instant = () => p.datetime().columnType('timestamptz(3)');

export const ConnectionMapping = defineEntity({
  class: Connection,
  tableName: 'platform_connections',
  properties: {
    id: p.uuid().primary().$type<ConnectionId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    clientId: p.bigint('string').$type<ClientId>(),
    platform: p.text().$type<Platform>(),
    source: p.text().$type<ConnectionSource>(),
    displayName: p.text(),
    accountId: p.text(),
    storeUrl: p.text().nullable(),
    scopes: p.array().nullable().$type<readonly string[] | null>(),
    tokenExpiresAt: instant().nullable(),
    status: p.text().$type<ConnectionStatus>(),
    sealed: p.blob().nullable().$type<Uint8Array | null>(),
    keyVersion: p.integer().nullable(),
    connectedAt: instant(),
    lastSyncedAt: instant().nullable(),
    lastSyncError: p.text().nullable(),
    syncedThrough: p.date().nullable(),
    syncState: p.text().$type<SyncState>(),
    syncId: p.uuid().nullable(),
    syncRun: p.uuid().nullable(),
    syncStarts: p.integer(),
    syncUntil: instant().nullable(),
    syncDaysDone: p.integer(),
    syncDaysTotal: p.integer().nullable(),
    removedAt: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
    version: p.integer().version(),
  } satisfies Mapping<Omit<Connection, 'credentials'>>,
});
