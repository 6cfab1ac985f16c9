import {
  Delivery,
  type MailOutcome,
  type Notice,
  NoticeQueries,
  NoticeSender,
  type ReadyMail,
  RetryDeliveries,
  SendDelivery,
} from '@portico/domain/notifications';
import type { ContactId, DeliveryId, FileId, FirmId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryDeliveries, InMemoryMailJobs } from './in-memory-deliveries.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryProofChain } from './in-memory-proof-chain.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

type NoticeChanges = Partial<Omit<Notice, 'contact'>> & { readonly contact?: Partial<Notice['contact']> };

/** What a mail tells Adam Smith, changed by `changes`. */
export function aNotice({ contact, ...changes }: NoticeChanges = {}): Notice {
  return {
    firmName: 'Example Firm',
    publishedAt: new Date('2026-01-02T03:04:05.678Z'),
    files: [{ id: '7' as FileId, name: 'Statement.pdf' }],
    fileCount: 1,
    ...changes,
    contact: {
      id: '3' as ContactId,
      firstName: 'Adam',
      lastName: 'Smith',
      language: 'en',
      timeZone: 'UTC',
      address: 'adam@example.test',
      hasPortalAccess: true,
      ...contact,
    },
  };
}

/** A mail of firm 1, queued and not yet added anywhere, changed by `changes`. */
export function aDelivery(changes: Partial<ConstructorParameters<typeof Delivery>[0]> = {}): Delivery {
  return new Delivery({
    id: '00000000-0000-7000-8000-00000000000a' as DeliveryId,
    firmId: '1' as FirmId,
    callId: '00000000-0000-7000-8000-00000000000c',
    contactId: '3' as ContactId,
    address: 'adam@example.test',
    queuedAt: new Date('2026-01-02T03:04:05.678Z'),
    ...changes,
  });
}

class OneNotice extends NoticeQueries {
  current: Notice | null = aNotice();

  notice(): Promise<Notice | null> {
    return Promise.resolve(this.current);
  }
}

/** Answers what it is told to, and remembers what it was asked to send. */
export class ScriptedSender extends NoticeSender {
  readonly sent: ReadyMail[] = [];
  outcome: MailOutcome = { kind: 'accepted', answer: '250 OK', messageId: '<1@example.test>' };
  /** What happens while a mail is on its way. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  async send(mail: ReadyMail): Promise<MailOutcome> {
    this.sent.push(mail);
    await this.meanwhile();
    return this.outcome;
  }
}

/** In-memory adapters that know each other, and the use cases about mails. The first pause is 30 seconds. */
export class NotificationBench {
  readonly clock = new FixedClock();
  readonly deliveries = new InMemoryDeliveries();
  readonly notices = new OneNotice();
  readonly sender = new ScriptedSender();
  readonly jobs = new InMemoryMailJobs();
  readonly proof = new InMemoryProofChain();
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.deliveries, this.jobs, this.proof, this.history]);

  readonly sendDelivery = new SendDelivery(
    this.deliveries,
    this.notices,
    this.sender,
    { jobs: this.jobs, proof: this.proof, firstPause: 30 },
    this.unitOfWork,
    this.clock,
  );
  readonly retryDeliveries = new RetryDeliveries(this.deliveries, this.jobs, this.history, this.unitOfWork, this.clock);

  /** Adds a mail as `aDelivery` makes it. */
  async with(changes: Parameters<typeof aDelivery>[0] = {}): Promise<Delivery> {
    const delivery = aDelivery(changes);
    await this.deliveries.add([delivery]);
    return delivery;
  }
}
