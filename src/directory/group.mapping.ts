import { defineEntity, p } from '@mikro-orm/core';
import { Group } from '@portico/domain/directory';
import type { FirmId, GroupId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const GroupMapping = defineEntity({
  class: Group,
  tableName: 'groups',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<GroupId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    name: p.text(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
  } satisfies Mapping<Group>,
});
