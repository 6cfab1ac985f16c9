import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  ChangeFile,
  CheckBlobs,
  CreateFolder,
  FileAssociations,
  FileQueries,
  FileRepository,
  NewFiles,
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
import { HttpMetrics } from '../platform/observability/http-metrics.js';
import { LOGGER } from '../platform/observability/logger.js';
import { bind, provide } from '../platform/wiring.js';
import { BlobsModule } from './blobs.module.js';
import { FileChanges } from './file-changes.js';
import { FileReads } from './file-reads.js';
import { FileUpload } from './file-upload.js';
import { FilesController } from './files.controller.js';
import { MikroOrmFileAssociations } from './mikro-orm-file-associations.js';
import { MikroOrmFileRepository } from './mikro-orm-file-repository.js';
import { NightlyCheck } from './nightly-check.js';
import { OrphanSweep } from './orphan-sweep.js';
import { SqlFileQueries } from './sql-file-queries.js';
import { StorageChecks } from './storage-checks.js';
import { StorageMetrics } from './storage-metrics.js';
import { UploadReceiver } from './upload-receiver.js';

@Module({
  imports: [BlobsModule, FoldersModule, HistoryModule, IdentityModule],
  controllers: [FilesController],
  providers: [
    bind(FileRepository, MikroOrmFileRepository, Database, BlobStore),
    bind(FileQueries, SqlFileQueries, Database),
    bind(FileAssociations, MikroOrmFileAssociations, Database, DataAccess),
    provide(NewFiles, FileRepository, FolderTree, FileAssociations, History, Clock),
    provide(UploadFile, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    provide(CreateFolder, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    provide(ChangeFile, FileRepository, FolderTree, FileAssociations, History, UnitOfWork, Clock),
    {
      provide: UploadReceiver,
      inject: [BlobStore, CONFIG],
      useFactory: (blobs: BlobStore, config: Config) => new UploadReceiver(blobs, config.maxUploadBytes, ['metadata']),
    },
    provide(FileUpload, UploadReceiver, UploadFile),
    provide(FileChanges, CreateFolder, ChangeFile),
    provide(FileReads, FileQueries, ContentSender),
    OrphanSweep,
    provide(StorageChecks, Database),
    {
      provide: NightlyCheck,
      inject: [CheckBlobs, StorageChecks, Clock, LOGGER],
      useFactory: (check: CheckBlobs, checks: StorageChecks, clock: Clock, logger: Logger) =>
        new NightlyCheck(check, checks, clock, logger),
    },
    provide(StorageMetrics, HttpMetrics, StorageChecks),
  ],
  exports: [ChangeFile, CreateFolder, FileRepository, FileAssociations, FileReads, NewFiles, UploadFile],
})
export class FilesModule {}

// What other modules may use of this one.
export { BlobsModule } from './blobs.module.js';
export { asAsked, askedFile, type AskedFile } from './asked-file.js';
export { contentTypeOf } from './content-type.js';
export { placesIn } from './fault-places.js';
export { CHANGE_FILES, READ_FILES } from './file.access.js';
export { folderOf, RestoreBody, UploadMetadata } from './file-body.dto.js';
export { FileDocument, FileListDocument } from './file.dto.js';
export { ApiContent, ApiFileId, ApiLinkageBody, ApiRestoreBody } from './file.openapi.js';
export { FilePresenter } from './file.presenter.js';
export { FileFilters, FileListQuery } from './file-query.dto.js';
export { FileReads } from './file-reads.js';
export { FilesController } from './files.controller.js';
export { UploadReceiver } from './upload-receiver.js';
export { StoredFileMapping } from './stored-file.mapping.js';
