import { Module } from '@nestjs/common';
import {
  BlobRegister,
  ChangeFile,
  CreateFolder,
  FileAssociations,
  FileQueries,
  FileRepository,
  SweepOrphanBlobs,
  UploadFile,
} from '@portico/domain/files';
import { FolderTree } from '@portico/domain/folders';
import { History } from '@portico/domain/history';
import { DataAccess } from '@portico/domain/identity';
import { BlobStore, Clock, UnitOfWork } from '@portico/domain/kernel';
import { FoldersModule } from '../folders/folders.module.js';
import { HistoryModule } from '../history/history.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { ContentSender } from '../platform/http/send-content.js';
import { bind, provide } from '../platform/wiring.js';
import { FileChanges } from './file-changes.js';
import { FileReads } from './file-reads.js';
import { FileUpload } from './file-upload.js';
import { FilesController } from './files.controller.js';
import { MikroOrmFileAssociations } from './mikro-orm-file-associations.js';
import { MikroOrmFileRepository } from './mikro-orm-file-repository.js';
import { OrphanSweep } from './orphan-sweep.js';
import { SqlBlobRegister } from './sql-blob-register.js';
import { SqlFileQueries } from './sql-file-queries.js';
import { UploadReceiver } from './upload-receiver.js';

@Module({
  imports: [FoldersModule, HistoryModule, IdentityModule],
  controllers: [FilesController],
  providers: [
    bind(FileRepository, MikroOrmFileRepository, Database, BlobStore),
    bind(FileQueries, SqlFileQueries, Database),
    bind(BlobRegister, SqlBlobRegister, Database),
    bind(FileAssociations, MikroOrmFileAssociations, Database, DataAccess),
    provide(UploadFile, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    provide(CreateFolder, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    provide(ChangeFile, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    provide(SweepOrphanBlobs, BlobStore, BlobRegister, Clock),
    {
      provide: UploadReceiver,
      inject: [BlobStore, CONFIG],
      useFactory: (blobs: BlobStore, config: Config) => new UploadReceiver(blobs, config.maxUploadBytes, ['metadata']),
    },
    provide(FileUpload, UploadReceiver, UploadFile),
    provide(FileChanges, CreateFolder, ChangeFile),
    provide(FileReads, FileQueries, ContentSender),
    OrphanSweep,
  ],
  exports: [ChangeFile, CreateFolder, FileRepository, FileAssociations, FileReads, UploadFile],
})
export class FilesModule {}

// What other modules may use of this one.
export { contentTypeOf } from './content-type.js';
export { placesIn } from './fault-places.js';
export { CHANGE_FILES, READ_FILES } from './file.access.js';
export { folderOf, RestoreBody } from './file-body.dto.js';
export { FileDocument, FileListDocument } from './file.dto.js';
export { ApiContent, ApiFileId, ApiLinkageBody, ApiRestoreBody } from './file.openapi.js';
export { FilePresenter } from './file.presenter.js';
export { FileFilters, FileListQuery } from './file-query.dto.js';
export { FileReads } from './file-reads.js';
export { UploadReceiver } from './upload-receiver.js';
export { StoredFileMapping } from './stored-file.mapping.js';
