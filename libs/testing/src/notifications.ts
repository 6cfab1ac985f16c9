import {
  Delivery,
  type FileNotice,
  type MailOutcome,
  type MailStanding,
  type NewsNotice,
  type Notice,
  NoticeQueries,
  NoticeSender,
  type Reader,
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

type Changes<N extends Notice> = Partial<Omit<N, 'kind' | 'reader'>> & { readonly reader?: Partial<Reader> };

const ADAM: Reader = {
  contactId: '3' as ContactId,
  userId: null,
  name: { first: 'Adam', last: 'Smith' },
  language: 'en',
  timeZone: 'UTC',
  address: 'adam@example.test',
  hasAccess: true,
};

/** What a mail tells Adam Smith of a published file, changed by `changes`. */
export function aNotice({ reader, ...changes }: Changes<FileNotice> = {}): FileNotice {
  return {
    kind: 'files',
    firmName: 'Example Firm',
    publishedAt: new Date('2026-01-02T03:04:05.678Z'),
    files: [{ id: '7' as FileId, name: 'Statement.pdf' }],
    count: 1,
    ...changes,
    reader: { ...ADAM, ...reader },
  };
}

/** How a contact stands who has chosen nothing and has one thing to see, changed by `changes`. */
export function aStanding(changes: Partial<MailStanding> = {}): MailStanding {
  return { isContact: true, hasAccess: true, wantsMails: true, preferred: null, own: null, unread: 1, ...changes };
}

/** What a mail tells Adam Smith of an invoice, changed by `changes`. */
export function aNewsNotice({ reader, ...changes }: Changes<NewsNotice> = {}): NewsNotice {
  const { type = 'invoice_issued' } = changes;
  const at = new Date('2026-01-02T03:04:05.678Z');
  return {
    kind: 'news',
    firmName: 'Example Firm',
    type,
    label: null,
    standing: aStanding(),
    news: [{ type, names: { number: 'INV-1' }, clientName: 'Smith Holdings', actorName: 'Ann Miller', at }],
    count: 1,
    ...changes,
    reader: { ...ADAM, ...reader },
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
