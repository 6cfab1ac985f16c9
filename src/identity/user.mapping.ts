import { defineEntity, p } from '@mikro-orm/core';
import { User } from '@portico/domain/identity';
import type { FirmId, Permission, UserId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const UserMapping = defineEntity({
  class: User,
  tableName: 'users',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<UserId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    email: p.text(),
    name: p.text(),
    firstName: p.text().nullable(),
    lastName: p.text().nullable(),
    externalUserId: p.text().nullable(),
    passwordHash: p.text().nullable(),
    permissions: p.array<Permission>((text) => text as Permission),
    allDataAccess: p.boolean(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)').nullable(),
  } satisfies Mapping<User>,
});
