import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { AddNote, NoteBoard, PortalNoteQueries } from '@portico/domain/portal';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';
import { bind, provide } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalNotesController } from './portal-notes.controller.js';
import { SqlNoteBoard } from './sql-note-board.js';
import { SqlPortalNoteQueries } from './sql-portal-note-queries.js';

/** The notes of the firm and its clients. */
@Module({
  imports: [PortalAccessModule, HistoryModule, NotifierModule],
  controllers: [PortalNotesController],
  providers: [
    provide(Statements, Database),
    bind(PortalNoteQueries, SqlPortalNoteQueries, Database),
    bind(NoteBoard, SqlNoteBoard, Statements),
    provide(AddNote, NoteBoard, History, Notifier, UnitOfWork, Clock, Random),
  ],
})
export class PortalNotesModule {}
