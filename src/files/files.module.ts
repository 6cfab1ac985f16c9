import { Module } from '@nestjs/common';
import {
  BlobRegister,
  FileQueries,
  FileRepository,
  RenameFile,
  SweepOrphanBlobs,
  UploadFile,
} from '@portico/domain/files';
import { History } from '@portico/domain/history';
import { BlobStore, Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { FileUpload } from './file-upload.js';
import { FilesController } from './files.controller.js';
import { MikroOrmFileRepository } from './mikro-orm-file-repository.js';
import { OrphanSweep } from './orphan-sweep.js';
import { SqlBlobRegister } from './sql-blob-register.js';
import { SqlFileQueries } from './sql-file-queries.js';
import { UploadReceiver } from './upload-receiver.js';

@Module({
  imports: [HistoryModule],
  controllers: [FilesController],
  providers: [
    bind(FileRepository, MikroOrmFileRepository, Database, BlobStore),
    bind(FileQueries, SqlFileQueries, Database),
    bind(BlobRegister, SqlBlobRegister, Database),
    provide(UploadFile, FileRepository, History, UnitOfWork, Clock),
    provide(RenameFile, FileRepository, History, UnitOfWork, Clock),
    provide(SweepOrphanBlobs, BlobStore, BlobRegister, Clock),
    {
      provide: UploadReceiver,
      inject: [BlobStore, CONFIG],
      useFactory: (blobs: BlobStore, config: Config) => new UploadReceiver(blobs, config.maxUploadBytes),
    },
    provide(FileUpload, UploadReceiver, UploadFile),
    OrphanSweep,
  ],
  exports: [FileRepository, FileQueries],
})
export class FilesModule {}

// What other modules may use of this one.
export { FileDocument, FileListDocument } from './file.dto.js';
export { ApiContent, ApiFileId } from './file.openapi.js';
export { FilePresenter } from './file.presenter.js';
export { FileFilters, FileListQuery } from './file-query.dto.js';
export { StoredFileMapping } from './stored-file.mapping.js';
