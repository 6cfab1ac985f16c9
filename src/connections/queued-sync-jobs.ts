import { type Sync, SyncJobs } from '@portico/domain/connections';
import type { JobQueue } from '../platform/jobs/job-queue.js';

export const SYNC_QUEUE = 'sync';

export class QueuedSyncJobs extends SyncJobs {
  constructor(private readonly queue: JobQueue) {
    super();
  }

  async add(syncs: readonly Sync[], at: Date | null): Promise<void> {
    await this.queue.add(
      SYNC_QUEUE,
      syncs.map((data) => ({ data, at })),
    );
  }
}
