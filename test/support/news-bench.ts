import { randomUUID } from 'node:crypto';
import type { ClientId, ContactId, FirmId, UserId } from '@portico/domain/kernel';
import { type NewNotification, SendBursts } from '@portico/domain/notifications';
import { FixedClock } from '@portico/testing';
import { SqlBursts } from '../../src/notifications/bursts/sql-bursts.js';
import { MAIL_QUEUE, QueuedMailJobs } from '../../src/notifications/mail-jobs.js';
import { MikroOrmDeliveryRepository } from '../../src/notifications/mikro-orm-delivery-repository.js';
import { OutboxDeliveryQueue } from '../../src/notifications/outbox-delivery-queue.js';
import { SqlNotifier } from '../../src/notifications/raising/sql-notifier.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { JobQueue } from '../../src/platform/jobs/job-queue.js';
import { JobWorker } from '../../src/platform/jobs/job-worker.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { HeadSeal } from '../../src/proof/head-seal.js';
import { SqlProofChain } from '../../src/proof/sql-proof-chain.js';
import pino from 'pino';
import { aClientRow, aContactRow } from './portal-rows.js';
import { aFirm, aUser } from './rows.js';

type Row = Record<string, unknown>;

/** An invoice that was issued to the contacts of no client yet, changed by `changes`. */
export function anInvoiceOf(clientId: ClientId, changes: Partial<NewNotification> = {}): NewNotification {
  return {
    type: 'invoice_issued',
    to: { kind: 'clients', ids: [clientId] },
    clientId,
    resource: { type: 'invoice', id: randomUUID() },
    names: { number: 'INV-1' },
    by: null,
    ...changes,
  } as NewNotification;
}

/** Those of one firm: suites share the database. */
class OwnBursts extends SqlBursts {
  constructor(
    database: Database,
    private readonly firmId: FirmId,
  ) {
    super(database);
  }

  override async dueFirms(now: Date): Promise<readonly FirmId[]> {
    return (await super.dueFirms(now)).filter((id) => id === this.firmId);
  }
}

/** Telling people on a real database, with a clock that stands still: mails wait a minute, ten at most. */
export class NewsBench {
  readonly clock = new FixedClock(new Date('2026-02-03T04:05:06.789Z'));
  readonly unitOfWork;
  readonly notifier;
  readonly sendBursts;
  readonly bursts;

  private constructor(
    readonly database: Database,
    readonly firmId: FirmId,
    readonly userId: UserId,
    readonly clientId: ClientId,
  ) {
    const { clock } = this;
    const statements = new Statements(database);
    const jobs = new JobQueue(database);
    this.unitOfWork = new MikroOrmUnitOfWork(database);
    this.notifier = new SqlNotifier(statements, { after: 60, most: 600 }, clock);
    this.bursts = new OwnBursts(database, firmId);
    const proof = new SqlProofChain(database, clock, new HeadSeal(new SecretKey(Buffer.alloc(32, 7))));
    const outbox = { deliveries: new MikroOrmDeliveryRepository(database), jobs: new QueuedMailJobs(jobs), proof };
    const queue = new OutboxDeliveryQueue(outbox, database, new SecureRandom(), clock);
    this.sendBursts = new SendBursts(this.bursts, queue, this.unitOfWork, clock);
  }

  /** A firm with a user, a client, and no contacts. */
  static async on(database: Database): Promise<NewsBench> {
    const firmId = await aFirm(database);
    const clientId = await aClientRow(database, firmId);
    return new NewsBench(database, firmId, await aUser(database, firmId, true), clientId);
  }

  /** Makes what the jobs of mails are kept in, as a server does. */
  static async makeQueue(database: Database): Promise<void> {
    const worker = new JobWorker(database, pino({ level: 'silent' }));
    await worker.start({
      ...{ queue: MAIL_QUEUE, batch: 1, workers: 1, lateness: 15 },
      handle: () => Promise.resolve(),
    });
    await worker.stop(5000);
  }

  contact(changes: { clientId?: ClientId; access?: string } = {}): Promise<ContactId> {
    const { firmId, userId: createdBy, clientId } = this;
    return aContactRow(this.database, { firmId, createdBy, clientId, ...changes });
  }

  async raise(...notifications: NewNotification[]): Promise<void> {
    await this.unitOfWork.run(() => this.notifier.raise(this.firmId, notifications));
  }

  /** Makes mails of what is due by now in the firm; answers how many. */
  send(isStopping?: () => boolean): Promise<number> {
    return this.sendBursts.execute(isStopping);
  }

  async prefer(contact: ContactId, type: string, channels: { inApp: boolean; email: boolean }): Promise<void> {
    await this.rows(
      `insert into notification_preferences values (?, ?, ?, ?, ?, now())
       on conflict (contact_id, type) do update
       set channel_in_app = excluded.channel_in_app, channel_email = excluded.channel_email`,
      [this.firmId, contact, type, channels.inApp, channels.email],
    );
  }

  /** What the firm says of a type. */
  async say(type: string, said: { supportsPortal?: boolean; inApp?: boolean; email?: boolean }): Promise<void> {
    const { supportsPortal = true, inApp = true, email = true } = said;
    await this.rows(
      `insert into notification_types (id, firm_id, type, category, label, supports_portal, default_in_app,
         default_email, created_at, updated_at) values (gen_random_uuid(), ?, ?, 'own', 'Own', ?, ?, ?, now(), now())`,
      [this.firmId, type, supportsPortal, inApp, email],
    );
  }

  /** What people of the firm were told, in the order of the recipients and of what happened. */
  told(columns = 'recipient, type, is_in_app, mail'): Promise<Row[]> {
    return this.rows(`select ${columns} from notifications where firm_id = ? order by recipient, id`, [this.firmId]);
  }

  async waiting(): Promise<{ recipient: string; type: string; seconds: number }[]> {
    const rows = await this.rows(
      'select recipient, type, due_at from notification_bursts where firm_id = ? order by recipient, type',
      [this.firmId],
    );
    const since = this.clock.now().getTime();
    return rows.map(({ recipient, type, due_at: due }) => ({
      recipient: String(recipient),
      type: String(type),
      seconds: (new Date(String(due)).getTime() - since) / 1000,
    }));
  }

  mails(): Promise<Row[]> {
    return this.rows(
      `select id, call_id, contact_id::text, user_id::text, address, state from deliveries where firm_id = ?
       order by contact_id, user_id, id`,
      [this.firmId],
    );
  }

  rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.database.em.fork().execute(sql, values);
  }
}
