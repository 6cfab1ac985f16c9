import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, ContactId, DeliveryId, FirmId, Random } from '@portico/domain/kernel';
import {
  Delivery,
  DeliveryQueue,
  type DeliveryRepository,
  type MailJobs,
  type NewDelivery,
  type NewsRecipient,
  type Recipient,
  settledEvents,
} from '@portico/domain/notifications';
import type { ProofChain } from '@portico/domain/proof';
import type { Database } from '../platform/database/database.js';
import { isUnavailable } from '../platform/database/database-errors.js';
import { statement } from '../platform/database/statement.js';

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 100;
const IS_WAITING = statement(`
  select exists (select from deliveries
    where firm_id = $1 and call_id = $2 and state = 'queued' and answered_at is null) as is_waiting`);

/** What is written with the mails. */
export interface Outbox {
  readonly deliveries: DeliveryRepository;
  readonly jobs: MailJobs;
  readonly proof: ProofChain;
}

/** Mails and their jobs are rows of the same transaction; some server's worker sends them. */
export class OutboxDeliveryQueue extends DeliveryQueue {
  constructor(
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {
    super();
  }

  async add(
    firmId: FirmId,
    callId: string,
    recipients: readonly Recipient[],
  ): Promise<ReadonlyMap<ContactId, DeliveryId>> {
    const added = await this.write(recipients.map((recipient) => this.made(firmId, { ...recipient, callId })));
    await this.outbox.proof.append(firmId, settledEvents(added));
    return new Map(recipients.map(({ contactId }, at) => [contactId, added[at]?.id as DeliveryId]));
  }

  async addNews(
    firmId: FirmId,
    recipients: readonly (NewsRecipient & { readonly address: string | null })[],
  ): Promise<readonly DeliveryId[]> {
    const added = await this.write(recipients.map((recipient) => this.made(firmId, recipient)));
    return added.map(({ id }) => id);
  }

  private made(firmId: FirmId, delivery: Omit<NewDelivery, 'id' | 'firmId' | 'queuedAt'>): Delivery {
    return new Delivery({ ...delivery, id: this.random.uuid() as DeliveryId, firmId, queuedAt: this.clock.now() });
  }

  private async write(added: readonly Delivery[]): Promise<readonly Delivery[]> {
    const { deliveries, jobs } = this.outbox;
    await deliveries.add(added);
    await jobs.add(added.filter(({ isQueued }) => isQueued));
    return added;
  }

  async firstAttempts(firmId: FirmId, callId: string, ms: number): Promise<void> {
    const end = performance.now() + ms;
    for (let wait = SHORTEST_PAUSE_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
      const isWaiting = await this.isWaiting(firmId, callId);
      const left = end - performance.now();
      if (!isWaiting || left <= 0) return;
      await pause(Math.min(wait, left));
    }
  }

  /** While the database is away nobody knows, so yes. */
  private async isWaiting(firmId: FirmId, callId: string): Promise<boolean> {
    try {
      const [row] = await this.database.query<{ is_waiting: boolean }>(IS_WAITING, [firmId, callId]);
      return row?.is_waiting ?? false;
    } catch (error) {
      if (isUnavailable(error)) return true;
      throw error;
    }
  }
}
