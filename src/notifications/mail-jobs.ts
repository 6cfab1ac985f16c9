import type { DeliveryId, FirmId } from '@portico/domain/kernel';
import { type Delivery, MailJobs } from '@portico/domain/notifications';
import type { JobQueue } from '../platform/jobs/job-queue.js';

export const MAIL_QUEUE = 'mail';

/** What the job of a mail holds. */
export interface MailJob {
  readonly firmId: FirmId;
  readonly deliveryId: DeliveryId;
}

export class QueuedMailJobs extends MailJobs {
  constructor(private readonly queue: JobQueue) {
    super();
  }

  async add(deliveries: readonly Pick<Delivery, 'id' | 'firmId' | 'nextAttemptAt'>[]): Promise<void> {
    const jobs = deliveries.map(({ id, firmId, nextAttemptAt }) => {
      const data: MailJob = { firmId, deliveryId: id };
      return { data, at: nextAttemptAt };
    });
    await this.queue.add(MAIL_QUEUE, jobs);
  }
}
