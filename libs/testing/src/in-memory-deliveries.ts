import {
  Delivery,
  DeliveryQueue,
  DeliveryRepository,
  MailJobs,
  type NewDelivery,
  type NewsRecipient,
  type Recipient,
} from '@portico/domain/notifications';
import type { ContactId, DeliveryId, FirmId } from '@portico/domain/kernel';
import { CountingRandom } from './counting-random.js';
import { FixedClock } from './fixed-clock.js';
import type { Reversible } from './in-memory-unit-of-work.js';

const ascending = (one: Date | null, other: Date | null): number => Number(one) - Number(other);

export class InMemoryDeliveries extends DeliveryRepository implements Reversible {
  readonly rows = new Map<DeliveryId, Delivery>();

  async add(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) this.rows.set(delivery.id, Object.assign(delivery, { version: 1 }));
  }

  find(firmId: FirmId, id: DeliveryId): Promise<Delivery | null> {
    const delivery = this.rows.get(id);
    return Promise.resolve(delivery?.firmId === firmId ? delivery : null);
  }

  async listLocked(ids: readonly DeliveryId[]): Promise<readonly Delivery[]> {
    return ids.flatMap((id) => this.rows.get(id) ?? []);
  }

  async undelivered(firmId: FirmId | null, before: Date, most: number): Promise<readonly Delivery[]> {
    return [...this.rows.values()]
      .filter((row) => (row.state === 'refused' || row.state === 'failed') && Number(row.settledAt) < Number(before))
      .filter((row) => firmId === null || row.firmId === firmId)
      .sort((one, other) => ascending(one.settledAt, other.settledAt))
      .slice(0, most);
  }

  snapshot(): () => void {
    const states = [...this.rows].map(([id, delivery]) => ({ id, delivery, state: { ...delivery } }));
    return () => {
      this.rows.clear();
      for (const { id, delivery, state } of states) this.rows.set(id, Object.assign(delivery, state));
    };
  }
}

/** Remembers which jobs there are, and when each is due; null: at once. */
export class InMemoryMailJobs extends MailJobs implements Reversible {
  readonly jobs: { deliveryId: DeliveryId; at: Date | null }[] = [];

  async add(deliveries: readonly Pick<Delivery, 'id' | 'nextAttemptAt'>[]): Promise<void> {
    for (const { id, nextAttemptAt } of deliveries) this.jobs.push({ deliveryId: id, at: nextAttemptAt });
  }

  snapshot(): () => void {
    const { length } = this.jobs;
    return () => this.jobs.splice(length);
  }
}

/** Queues mails that nobody sends: the first attempts end at once. */
export class InMemoryDeliveryQueue extends DeliveryQueue {
  /** Of which calls the first attempts were waited for. */
  readonly awaited: string[] = [];

  constructor(
    readonly deliveries = new InMemoryDeliveries(),
    readonly jobs = new InMemoryMailJobs(),
    private readonly clock = new FixedClock(),
    private readonly random = new CountingRandom(),
  ) {
    super();
  }

  async add(
    firmId: FirmId,
    callId: string,
    recipients: readonly Recipient[],
  ): Promise<ReadonlyMap<ContactId, DeliveryId>> {
    const ids = await this.write(recipients.map((recipient) => ({ ...recipient, firmId, callId })));
    return new Map(recipients.map(({ contactId }, at) => [contactId, ids[at] as DeliveryId]));
  }

  addNews(
    firmId: FirmId,
    recipients: readonly (NewsRecipient & { readonly address: string | null })[],
  ): Promise<readonly DeliveryId[]> {
    return this.write(recipients.map((recipient) => ({ ...recipient, firmId })));
  }

  private async write(made: readonly Omit<NewDelivery, 'id' | 'queuedAt'>[]): Promise<DeliveryId[]> {
    const queuedAt = this.clock.now();
    const added = made.map((one) => new Delivery({ ...one, id: this.random.uuid() as DeliveryId, queuedAt }));
    await this.deliveries.add(added);
    await this.jobs.add(added.filter(({ isQueued }) => isQueued));
    return added.map(({ id }) => id);
  }

  async firstAttempts(_firmId: FirmId, callId: string): Promise<void> {
    this.awaited.push(callId);
  }
}
