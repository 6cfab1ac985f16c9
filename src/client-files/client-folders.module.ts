import { Module } from '@nestjs/common';
import { ClientFolders } from '@portico/domain/directory';
import { FolderTree } from '@portico/domain/folders';
import { Clock } from '@portico/domain/kernel';
import { FoldersModule } from '../folders/folders.module.js';
import { Database } from '../platform/database/database.js';
import { bind } from '../platform/wiring.js';
import { SqlClientFolders } from './sql-client-folders.js';

/** The folders that clients have of their own. */
@Module({
  imports: [FoldersModule],
  providers: [bind(ClientFolders, SqlClientFolders, Database, FolderTree, Clock)],
  exports: [ClientFolders],
})
export class ClientFoldersModule {}
