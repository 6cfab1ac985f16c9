import { Module } from '@nestjs/common';
import { FolderTree } from '@portico/domain/folders';
import { Database } from '../platform/database/database.js';
import { bind } from '../platform/wiring.js';
import { MikroOrmFolderTree } from './mikro-orm-folder-tree.js';

/** The tree in which files and folders stand. Its routes are those of files: both are one kind of resource. */
@Module({ providers: [bind(FolderTree, MikroOrmFolderTree, Database)], exports: [FolderTree] })
export class FoldersModule {}

// What other modules may use of this one.
export { effective, isArchived, isAssociated, isUnassociated, readable } from './effective.sql.js';
