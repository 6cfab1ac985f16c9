import { Module } from '@nestjs/common';
import { ArchiveFile, RestoreFile } from '@portico/domain/archive';
import { FileRepository } from '@portico/domain/files';
import { FolderTree } from '@portico/domain/folders';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { FilesModule } from '../files/files.module.js';
import { FoldersModule } from '../folders/folders.module.js';
import { HistoryModule } from '../history/history.module.js';
import { provide } from '../platform/wiring.js';
import { ArchiveController } from './archive.controller.js';

@Module({
  imports: [FilesModule, FoldersModule, HistoryModule],
  controllers: [ArchiveController],
  providers: [
    provide(ArchiveFile, FileRepository, FolderTree, History, UnitOfWork, Clock),
    provide(RestoreFile, FileRepository, FolderTree, History, UnitOfWork, Clock),
  ],
  exports: [ArchiveFile],
})
export class ArchiveModule {}
