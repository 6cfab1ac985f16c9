import { defineEntity, p } from '@mikro-orm/core';
import { FirmEntity } from '@portico/domain/directory';
import type { EntityId, FirmId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const EntityMapping = defineEntity({
  class: FirmEntity,
  tableName: 'entities',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<EntityId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    originalName: p.text(),
    displayName: p.text().nullable(),
    modelType: p.text(),
    currencyFactor: p.text().nullable(),
    externalId: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
  } satisfies Mapping<FirmEntity>,
});
