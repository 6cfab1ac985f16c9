import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import {
  ArchiveNotification,
  ChangePreferences,
  Inbox,
  InboxQueries,
  PreferenceQueries,
  Preferences,
  ReadAllNotifications,
  ReadNotification,
} from '@portico/domain/notifications';
import { HistoryModule } from '../history/history.module.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { bind, provide } from '../platform/wiring.js';
import { SqlInbox } from './inbox/sql-inbox.js';
import { SqlInboxQueries } from './inbox/sql-inbox-queries.js';
import { SqlPreferenceQueries, SqlPreferences } from './inbox/sql-preferences.js';

/** What people were told, as they read it, and how they want to be told. */
@Module({
  imports: [HistoryModule],
  providers: [
    provide(Statements, Database),
    bind(InboxQueries, SqlInboxQueries, Database),
    bind(PreferenceQueries, SqlPreferenceQueries, Database),
    bind(Inbox, SqlInbox, Statements),
    bind(Preferences, SqlPreferences, Statements),
    provide(ReadNotification, Inbox, UnitOfWork, Clock),
    provide(ReadAllNotifications, Inbox, UnitOfWork, Clock),
    provide(ArchiveNotification, Inbox, UnitOfWork, Clock),
    provide(ChangePreferences, Preferences, History, UnitOfWork, Clock),
  ],
  exports: [
    ...[InboxQueries, PreferenceQueries],
    ...[ReadNotification, ReadAllNotifications, ArchiveNotification, ChangePreferences],
  ],
})
export class InboxModule {}

// What other modules may use of this one.
export { say, textsOf } from './news/say.js';
