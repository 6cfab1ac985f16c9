import { defineEntity, p } from '@mikro-orm/core';
import { Client } from '@portico/domain/directory';
import type { ClientId, EntityId, FirmId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const ClientMapping = defineEntity({
  class: Client,
  tableName: 'clients',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<ClientId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    name: p.text(),
    parentId: p.bigint('string').nullable().$type<ClientId | null>(),
    entityId: p.bigint('string').$type<EntityId>(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
    version: p.integer().version(),
  } satisfies Mapping<Client>,
});
