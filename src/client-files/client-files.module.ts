import path from 'node:path';
import { Module } from '@nestjs/common';
import { ArchiveFile } from '@portico/domain/archive';
import {
  AddTreeFolder,
  ClientFileQueries,
  DeleteTreeFolder,
  ImportFolder,
  RenameTreeFolder,
  TreeCopies,
  TreeFolderQueries,
  TreeFolderRepository,
} from '@portico/domain/client-files';
import { ChangeFile, CreateFolder, UploadFile } from '@portico/domain/files';
import { FolderTree } from '@portico/domain/folders';
import { History } from '@portico/domain/history';
import { BlobStore, Clock, UnitOfWork } from '@portico/domain/kernel';
import { ArchiveModule } from '../archive/archive.module.js';
import { FilesModule, UploadReceiver } from '../files/files.module.js';
import { FoldersModule } from '../folders/folders.module.js';
import { HistoryModule } from '../history/history.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { ContentSender } from '../platform/http/send-content.js';
import { bind, provide } from '../platform/wiring.js';
import { ClientChanges } from './client-changes.js';
import { ClientFileReads } from './client-file-reads.js';
import { ClientFileUpload, TEXT_PARTS } from './client-file-upload.js';
import { ClientFilesController } from './client-files.controller.js';
import { ClientFoldersController } from './client-folders.controller.js';
import { DefaultTree } from './default-tree.js';
import { LocalImportFolder } from './local-import-folder.js';
import { MikroOrmTreeFolderRepository } from './mikro-orm-tree-folder-repository.js';
import { SqlClientFileQueries } from './sql-client-file-queries.js';
import { SqlTreeCopies } from './sql-tree-copies.js';
import { SqlTreeFolderQueries } from './sql-tree-folder-queries.js';
import { TreeFoldersController } from './tree-folders.controller.js';

/** The Back Office's door to the tree: the files and folders of each client, and the tree with which clients begin. */
@Module({
  imports: [ArchiveModule, FilesModule, FoldersModule, HistoryModule],
  controllers: [ClientFilesController, ClientFoldersController, TreeFoldersController],
  providers: [
    bind(ClientFileQueries, SqlClientFileQueries, Database),
    bind(TreeFolderQueries, SqlTreeFolderQueries, Database),
    bind(TreeFolderRepository, MikroOrmTreeFolderRepository, Database),
    bind(TreeCopies, SqlTreeCopies, Database),
    {
      provide: ImportFolder,
      inject: [CONFIG],
      useFactory: (config: Config) => new LocalImportFolder(path.join(config.dataDir, 'import'), config.maxUploadBytes),
    },
    provide(AddTreeFolder, TreeFolderRepository, TreeCopies, FolderTree, History, UnitOfWork, Clock),
    provide(RenameTreeFolder, TreeFolderRepository, TreeCopies, FolderTree, History, UnitOfWork, Clock),
    provide(DeleteTreeFolder, TreeFolderRepository, TreeCopies, FolderTree, History, UnitOfWork, Clock),
    provide(DefaultTree, TreeFolderQueries, AddTreeFolder, RenameTreeFolder, DeleteTreeFolder),
    provide(ClientFileReads, ClientFileQueries, ContentSender),
    provide(ClientChanges, ClientFileQueries, CreateFolder, ChangeFile, ArchiveFile),
    {
      provide: ClientFileUpload,
      inject: [ClientFileQueries, ImportFolder, BlobStore, UploadFile, CONFIG],
      useFactory: (
        queries: ClientFileQueries,
        imports: ImportFolder,
        blobs: BlobStore,
        uploadFile: UploadFile,
        config: Config,
      ) => {
        const receiver = new UploadReceiver(blobs, config.maxUploadBytes, TEXT_PARTS);
        return new ClientFileUpload(queries, receiver, imports, blobs, uploadFile);
      },
    },
  ],
})
export class ClientFilesModule {}

// What other modules may use of this one.
export { TreeFolderMapping } from './tree-folder.mapping.js';
