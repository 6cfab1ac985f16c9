import type { ClientBase } from 'pg';
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

  /** In a unit of work it writes in its transaction; over a connection in whatever runs there. */
  constructor(over: Database | ClientBase) {
    const db = {
      executeSql: (text: string, values?: unknown[]) =>
        'em' in over ? fromKysely(over.em.getKysely()).executeSql(text, values) : over.query<object>(text, values),
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

/**
 * Makes what the jobs of a queue are kept in, on a database on which no server has run.
 * @throws Error when the database does not answer
 */
export async function makeQueue(url: string, name: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, schema: JOBS_SCHEMA, schedule: false, supervise: false });
  boss.on('error', () => undefined); // whoever asked is told
  await boss.start();
  try {
    await boss.createQueue(name, QUEUE_OPTIONS);
  } finally {
    await boss.stop({ graceful: false });
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
