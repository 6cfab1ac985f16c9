import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Sync, SyncConnection } from '@portico/domain/connections';
import type { JobWorker } from '../platform/jobs/job-worker.js';
import type { GuardedClient } from '../platform/outgoing/guarded-client.js';
import { SYNC_QUEUE } from './queued-sync-jobs.js';

const BATCH = 1;
const WORKERS = 4;
/** In seconds: a sync that was put off is not waited for by anyone. */
const LATENESS = 15;
/** The same as for all other jobs, which are waited for together. */
const STOP_MS = 30_000;

/** Syncs what is queued while the server runs; a stop leaves the rest to whoever takes it up next. */
export class SyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private isStopping = false;

  constructor(
    private readonly syncConnection: SyncConnection,
    private readonly worker: JobWorker,
    private readonly client: GuardedClient,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start({
      queue: SYNC_QUEUE,
      batch: BATCH,
      workers: WORKERS,
      lateness: LATENESS,
      handle: (data) => this.sync(data as Sync),
    });
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop(STOP_MS);
    await this.client.close();
  }

  private async sync(sync: Sync): Promise<void> {
    const outcome = await this.syncConnection.execute(sync, () => this.isStopping);
    const { connectionId, author } = sync;
    if (outcome !== null) this.logger.info({ firmId: author.firmId, connectionId, outcome }, 'a connection was synced');
  }
}
