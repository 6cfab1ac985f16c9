import { defineEntity, p } from '@mikro-orm/core';
import { StoredFile } from '@portico/domain/files';
import type { BlobKey, FileId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import type { Mapping } from '../platform/database/mapping.js';

export const StoredFileMapping = defineEntity({
  class: StoredFile,
  tableName: 'files',
  properties: {
    id: p.bigint('string').primary().autoincrement().$type<FileId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    isFolder: p.boolean(),
    name: p.text(),
    hidesExtension: p.boolean(),
    originalName: p.text(),
    contentType: p.text(),
    blobKey: p.uuid().nullable().$type<BlobKey | null>(),
    parentId: p.bigint('string').nullable().$type<FolderId | null>(),
    createdBy: p.bigint('string').$type<UserId>(),
    createdAt: p.datetime().columnType('timestamptz(3)'),
    modifiedAt: p.datetime().columnType('timestamptz(3)'),
    deletedAt: p.datetime().columnType('timestamptz(3)').nullable(),
    archivedWith: p.bigint('string').nullable().$type<FolderId | null>(),
    version: p.integer().version(),
  } satisfies Mapping<StoredFile>,
});
