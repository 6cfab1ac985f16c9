import { Module } from '@nestjs/common';
import { FileRepository } from '@portico/domain/files';
import { FolderTree } from '@portico/domain/folders';
import { History } from '@portico/domain/history';
import { BlobStore, Clock, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { DocumentFiling, Inboxes, ReceiveDocument } from '@portico/domain/portal';
import { OwnPublication } from '@portico/domain/publishing';
import { FilesModule, UploadReceiver } from '../../files/files.module.js';
import { FoldersModule } from '../../folders/folders.module.js';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { PublishingModule } from '../../publishing/publishing.module.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalFilesModule } from '../files/portal-files.module.js';
import { DocumentUpload, TEXT_PARTS } from './document-upload.js';
import { PortalDocumentsController } from './portal-documents.controller.js';
import { SqlInboxes } from './sql-inboxes.js';

/** The documents that companies send. */
@Module({
  imports: [
    ...[PortalAccessModule, PortalFilesModule, FilesModule, FoldersModule],
    ...[HistoryModule, NotifierModule, PublishingModule],
  ],
  controllers: [PortalDocumentsController],
  providers: [
    bind(Inboxes, SqlInboxes, Database),
    provide(DocumentFiling, Inboxes, FileRepository, FolderTree, History, Clock),
    provide(ReceiveDocument, DocumentFiling, OwnPublication, Notifier, UnitOfWork),
    {
      provide: DocumentUpload,
      inject: [ReceiveDocument, BlobStore, CONFIG],
      useFactory: (receiveDocument: ReceiveDocument, blobs: BlobStore, { maxUploadBytes }: Config) =>
        new DocumentUpload(new UploadReceiver(blobs, maxUploadBytes, TEXT_PARTS), receiveDocument),
    },
  ],
})
export class PortalDocumentsModule {}
