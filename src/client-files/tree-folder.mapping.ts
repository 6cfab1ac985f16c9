import { defineEntity, p } from '@mikro-orm/core';
import { TreeFolder } from '@portico/domain/client-files';
import type { FirmId, TreeFolderId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const TreeFolderMapping = defineEntity({
  class: TreeFolder,
  tableName: 'tree_folders',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<TreeFolderId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    parentId: p.bigint('string').nullable().$type<TreeFolderId | null>(),
    level: p.integer(),
    name: p.text(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
    version: p.integer().version(),
  } satisfies Mapping<TreeFolder>,
});
