import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { LOGGER } from '../observability/logger.js';
import { provide } from '../wiring.js';
import { JobQueue } from './job-queue.js';
import { JobWorker } from './job-worker.js';

/** Work that is done after the request that wanted it. A worker does nothing before it is started. */
@Module({
  providers: [
    provide(JobQueue, Database),
    {
      provide: JobWorker,
      inject: [Database, LOGGER],
      useFactory: (database: Database, logger: Logger) => new JobWorker(database, logger),
    },
  ],
  exports: [JobQueue, JobWorker],
})
export class JobsModule {}
