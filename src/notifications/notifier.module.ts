import { Module } from '@nestjs/common';
import { Clock } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { provide } from '../platform/wiring.js';
import { SqlNotifier } from './raising/sql-notifier.js';

/** A mail is put off at most so many times as long as one waits. */
const PUT_OFF = 10;

/** Telling people what happened, without anyone who sends mails: what every module that has something to tell needs. */
@Module({
  providers: [
    provide(Statements, Database),
    {
      provide: Notifier,
      inject: [Statements, CONFIG, Clock],
      useFactory: (statements: Statements, { mail }: Config, clock: Clock) => {
        const debounce = { after: mail.notifyAfter, most: mail.notifyAfter * PUT_OFF };
        return new SqlNotifier(statements, debounce, clock);
      },
    },
  ],
  exports: [Notifier],
})
export class NotifierModule {}
