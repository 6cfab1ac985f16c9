import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SendBursts } from '@portico/domain/notifications';
import type { JobWorker } from '../../platform/jobs/job-worker.js';
import { BURST_QUEUE, type BurstJob } from './burst-jobs.js';

const BATCH = 10;

/** Makes mails of what waited long enough, while the server runs; whoever sends them stops the jobs. */
export class BurstWorker implements OnApplicationBootstrap {
  constructor(
    private readonly sendBursts: SendBursts,
    private readonly worker: JobWorker,
    private readonly logger: Logger,
    /** How long what happens waits for more of the same, in seconds. */
    private readonly notifyAfter: number,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start({
      queue: BURST_QUEUE,
      batch: BATCH,
      workers: 1,
      lateness: this.notifyAfter / 2,
      handle: (data) => this.send(data as BurstJob),
    });
  }

  private async send({ firmId, due }: BurstJob): Promise<void> {
    const mails = await this.sendBursts.execute({ firmId, due: new Date(due) });
    if (mails > 0) this.logger.debug({ firmId, mails }, 'mails were made of what happened');
  }
}
