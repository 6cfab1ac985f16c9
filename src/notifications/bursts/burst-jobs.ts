import type { FirmId } from '@portico/domain/kernel';
import type { JobQueue } from '../../platform/jobs/job-queue.js';

export const BURST_QUEUE = 'notifications';

/** What the job holds: whose mails are to be looked at, and those that are due by when. */
export interface BurstJob {
  readonly firmId: FirmId;
  readonly due: string;
}

/** The looks at what waits to be mailed. Each instant at which something is due has one, so nothing else must look. */
export class BurstJobs {
  constructor(private readonly queue: JobQueue) {}

  /** Writes one in the running unit of work. */
  async add(firmId: FirmId, at: Date): Promise<void> {
    const data: BurstJob = { firmId, due: at.toISOString() };
    await this.queue.add(BURST_QUEUE, [{ data, at }]);
  }
}
