import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { JOBS_SCHEMA, QUEUE_OPTIONS } from './job-queue.js';

const CONNECTIONS = 2;
const LOOK_AFTER_SECONDS = 15;
const IDLE_LOOK_SECONDS = 15;
const ROUTINE_SECONDS = 3600;

interface Settled {
  readonly id: string;
  readonly status: 'completed' | 'failed';
}

/** What is done with the jobs of a queue. */
export interface JobHandling {
  readonly queue: string;
  /** How many jobs one look takes, and how many looks there are at once. */
  readonly batch: number;
  readonly workers: number;
  /** How many seconds after its instant a job that was planned for later may begin. */
  readonly lateness: number;
  /** @throws whatever keeps it from doing its work: then the job is taken up again a little later */
  handle(data: unknown): Promise<void>;
}

/**
 * Takes up jobs, on a few connections of its own: new ones the moment they are committed, because the database tells,
 * and all others by looking now and then. It goes on when the database was away.
 */
export class JobWorker {
  private boss: PgBoss | null = null;
  private begun: Promise<PgBoss> | null = null;
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /**
   * Makes what the jobs of a queue are kept in, and begins; once for each queue.
   * @throws Error when the database does not answer
   */
  async start(handling: JobHandling): Promise<void> {
    const boss = await (this.begun ??= this.begin());
    const { queue, batch, workers, lateness } = handling;
    await boss.createQueue(queue, QUEUE_OPTIONS);
    await boss.updateQueue(queue, QUEUE_OPTIONS);
    const look = Math.max(0.5, Math.min(lateness, IDLE_LOOK_SECONDS));
    await boss.work(
      queue,
      {
        batchSize: batch,
        localConcurrency: workers,
        perJobResults: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: Math.min(look, 2),
        notifyPollingIntervalSeconds: look,
      },
      (jobs) => Promise.all(jobs.map((job) => this.settle(handling, job))),
    );
  }

  /**
   * Takes up nothing more of any queue, and waits until what is under way has ended, for `ms` milliseconds at most.
   * Whoever asks later waits for the same.
   */
  async stop(ms: number): Promise<void> {
    await (this.stopped ??= Promise.resolve(this.boss?.stop({ graceful: true, timeout: ms })));
  }

  private async begin(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: this.database.url,
      application_name: 'portico jobs',
      max: CONNECTIONS,
      connectionTimeoutMillis: 5000,
      schema: JOBS_SCHEMA,
      useListenNotify: true,
      schedule: false,
      monitorVacuum: false,
      superviseIntervalSeconds: LOOK_AFTER_SECONDS,
      monitorIntervalSeconds: LOOK_AFTER_SECONDS,
      bamIntervalSeconds: ROUTINE_SECONDS,
      flowIntervalSeconds: ROUTINE_SECONDS,
      queueCacheIntervalSeconds: ROUTINE_SECONDS,
    });
    boss.on('error', (error) => this.logger.warn({ err: error }, 'the jobs have to wait'));
    boss.on('warning', (warning) => this.logger.warn({ warning }, 'about the jobs'));
    this.boss = boss;
    await boss.start();
    return boss;
  }

  private async settle(handling: JobHandling, { id, data }: { id: string; data: unknown }): Promise<Settled> {
    try {
      await handling.handle(data);
      return { id, status: 'completed' };
    } catch (error) {
      this.logger.error({ err: error, queue: handling.queue, job: id, data }, 'a job failed; it is taken up again');
      return { id, status: 'failed' };
    }
  }
}
