import { Module } from '@nestjs/common';
import { Clock } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { provide } from '../platform/wiring.js';
import { BurstJobs } from './bursts/burst-jobs.js';
import { SqlNotifier } from './raising/sql-notifier.js';

/** A mail is put off at most so many times as long as one waits. */
const PUT_OFF = 10;

/** Telling people what happened, without anyone who sends mails: what every module that has something to tell needs. */
@Module({
  imports: [JobsModule],
  providers: [
    provide(Statements, Database),
    provide(BurstJobs, JobQueue),
    {
      provide: Notifier,
      inject: [Statements, BurstJobs, CONFIG, Clock],
      useFactory: (statements: Statements, jobs: BurstJobs, { mail }: Config, clock: Clock) => {
        const debounce = { after: mail.notifyAfter, most: mail.notifyAfter * PUT_OFF };
        return new SqlNotifier(statements, jobs, debounce, clock);
      },
    },
  ],
  exports: [Notifier, BurstJobs],
})
export class NotifierModule {}
