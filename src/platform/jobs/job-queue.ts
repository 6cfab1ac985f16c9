import { fromKysely, PgBoss, type Queue } from 'pg-boss';
import type { Database } from '../database/database.js';

/** The schema of the library that keeps the jobs. */
export const JOBS_SCHEMA = 'jobs';

/** Work that some server takes up. */
export interface NewJob {
  readonly data: object;
  /** Null: at once. */
  readonly at: Date | null;
}

/** Writes jobs beside the rows that they are about: they are there when the transaction is, and run after it. */
export class JobQueue {
  private readonly boss: PgBoss;

  constructor(database: Database) {
    const db = {
      // in a unit of work, its own transaction
      executeSql: (text: string, values?: unknown[]) => fromKysely(database.em.getKysely()).executeSql(text, values),
    };
    this.boss = new PgBoss({ db, schema: JOBS_SCHEMA });
    this.boss.on('error', () => undefined); // whoever asked is told
  }

  /** Adds the jobs in one statement, in the running unit of work when there is one. The queue must have been made. */
  async add(queue: string, jobs: readonly NewJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.boss.insert(
      queue,
      jobs.map(({ data, at }) => ({ data, ...(at && { startAfter: at.toISOString() }) })),
    );
  }
}

/** How a queue behaves, whatever the jobs are. */
export const QUEUE_OPTIONS: Omit<Queue, 'name'> = {
  notify: true,
  // Of a server that was killed the jobs are taken over when this is over, and then at once.
  heartbeatSeconds: 20,
  expireInSeconds: 3600,
  // A job fails only when the database is away or the program is wrong, and never for good.
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // What waits is never thrown away; what is done tells nobody anything.
  retentionSeconds: 10 * 365 * 86_400,
  deleteAfterSeconds: 3600,
};
