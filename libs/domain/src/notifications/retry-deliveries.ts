import type { History } from '../history/index.js';
import type { Author, Clock, DeliveryId, FirmId, UnitOfWork } from '../kernel/index.js';
import type { Delivery } from './delivery.js';
import type { DeliveryRepository } from './delivery-repository.js';
import { deliveryErrors } from './delivery.errors.js';
import type { MailJobs } from './mail-jobs.js';

const BATCH = 500;

/** Which mails are sent again: these, or all that are refused or failed, of a firm or with null of all. */
export type RetriedDeliveries = { readonly ids: readonly DeliveryId[] } | { readonly allOf: FirmId | null };

/** Sends mails again that were refused or given up, because the operator says so. */
export class RetryDeliveries {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly jobs: MailJobs,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues them, and answers how many. Ids go all together or not at all; of all that are undelivered, 500 at a time.
   * @throws DomainError `deliveries_not_found`, `deliveries_not_retryable`, naming them
   */
  async execute(author: Omit<Author, 'firmId'>, which: RetriedDeliveries): Promise<number> {
    if ('ids' in which) return this.unitOfWork.run(async () => this.queue(author, await this.retryable(which.ids)));
    const before = this.clock.now(); // what is refused again meanwhile is not queued a second time
    let queued = 0;
    for (let batch = BATCH; batch === BATCH; queued += batch)
      batch = await this.unitOfWork.run(async () =>
        this.queue(author, await this.deliveries.undelivered(which.allOf, before, BATCH)),
      );
    return queued;
  }

  private async retryable(ids: readonly DeliveryId[]): Promise<readonly Delivery[]> {
    const found = await this.deliveries.listLocked([...new Set(ids)]);
    const known = new Set(found.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) throw deliveryErrors.notFound(unknown);
    const others = found.filter(({ state }) => state !== 'refused' && state !== 'failed');
    if (others.length > 0) throw deliveryErrors.notRetryable(others.map(({ id }) => id));
    return found;
  }

  private async queue(author: Omit<Author, 'firmId'>, deliveries: readonly Delivery[]): Promise<number> {
    const now = this.clock.now();
    for (const delivery of deliveries) delivery.queueAgain(now);
    await this.jobs.add(deliveries);
    for (const firmId of new Set(deliveries.map((delivery) => delivery.firmId))) {
      const ids = deliveries.filter((delivery) => delivery.firmId === firmId).map(({ id }) => id);
      const entry = { action: 'mails.queued_again', subject: { type: 'firm', id: firmId }, details: { ids } };
      await this.history.record({ ...author, firmId }, entry);
    }
    return deliveries.length;
  }
}
