import { defineEntity, p } from '@mikro-orm/core';
import { Client, type ClientStatus } from '@portico/domain/directory';
import type { ClientId, EntityId, FirmId, SlaPolicyId, UserId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const ClientMapping = defineEntity({
  class: Client,
  tableName: 'clients',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<ClientId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    name: p.text(),
    externalId: p.text().nullable(),
    parentId: p.bigint('string').nullable().$type<ClientId | null>(),
    entityId: p.bigint('string').$type<EntityId>(),
    deliveryManagerId: p.bigint('string').nullable().$type<UserId | null>(),
    slaPolicyId: p.uuid().nullable().$type<SlaPolicyId | null>(),
    dashboardEnabled: p.boolean(),
    timeZone: p.text(),
    currency: p.text(),
    status: p.text().$type<ClientStatus>(),
    tier: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
    archivedAt: p.datetime().columnType('timestamptz(3)').nullable(),
    version: p.integer().version(),
  } satisfies Mapping<Client>,
});
