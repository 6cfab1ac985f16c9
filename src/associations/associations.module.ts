import { Module } from '@nestjs/common';
import { ChangeAssociations } from '@portico/domain/associations';
import { EntityQueries, GroupQueries } from '@portico/domain/directory';
import { FileAssociations, FileRepository } from '@portico/domain/files';
import { FolderTree } from '@portico/domain/folders';
import { History } from '@portico/domain/history';
import { UnitOfWork } from '@portico/domain/kernel';
import { DirectoryModule } from '../directory/directory.module.js';
import { FileReads, FilesModule } from '../files/files.module.js';
import { FoldersModule } from '../folders/folders.module.js';
import { HistoryModule } from '../history/history.module.js';
import { provide } from '../platform/wiring.js';
import { AssociationReads } from './association-reads.js';
import { EntityChangesController, GroupChangesController } from './association-changes.controller.js';
import { EntityReadsController, GroupReadsController } from './association-reads.controller.js';

/** With which entities and groups files and folders are associated. */
@Module({
  imports: [FilesModule, FoldersModule, DirectoryModule, HistoryModule],
  controllers: [EntityReadsController, GroupReadsController, EntityChangesController, GroupChangesController],
  providers: [
    provide(AssociationReads, FileReads, EntityQueries, GroupQueries),
    provide(ChangeAssociations, FileRepository, FolderTree, FileAssociations, History, UnitOfWork),
  ],
})
export class AssociationsModule {}
