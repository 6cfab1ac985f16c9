import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { Author, ContactId, DeliveryId, FileId, FirmId, UserId } from '@portico/domain/kernel';
import { RetryDeliveries, SendDelivery } from '@portico/domain/notifications';
import { anActor } from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MAIL_QUEUE, type MailJob, QueuedMailJobs } from '../../src/notifications/mail-jobs.js';
import { MailNoticeSender } from '../../src/notifications/mail-notice-sender.js';
import { MikroOrmDeliveryRepository } from '../../src/notifications/mikro-orm-delivery-repository.js';
import { OutboxDeliveryQueue } from '../../src/notifications/outbox-delivery-queue.js';
import { SqlDeliveryQueries } from '../../src/notifications/sql-delivery-queries.js';
import { SqlNoticeQueries } from '../../src/notifications/sql-notice-queries.js';
import { UnsubscribeTokens } from '../../src/notifications/unsubscribe-tokens.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { JobQueue } from '../../src/platform/jobs/job-queue.js';
import { JobWorker } from '../../src/platform/jobs/job-worker.js';
import { SmtpTransport } from '../../src/platform/mail/smtp-transport.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { HeadSeal } from '../../src/proof/head-seal.js';
import { SqlProofChain } from '../../src/proof/sql-proof-chain.js';
import { aFileRow, aFirm, aUser } from '../support/rows.js';

const PORTAL = 'https://portal.example/files';
const PUBLIC = 'https://files.example';

interface ContactRow {
  readonly address?: string | null;
  readonly language?: string;
  readonly timeZone?: string;
  readonly firstName?: string;
  readonly access?: string;
}

/** What the call publishes and whom it tells; each file to each contact. */
interface CallRow {
  readonly contacts: readonly ContactId[];
  readonly files: readonly FileId[];
  readonly at?: Date;
}

/** Everything that sends mails, on a real database and to a real mail server; the first pause is a second. */
export class MailBench {
  readonly clock = new SystemClock();
  readonly key = new SecretKey(Buffer.alloc(32, 7));
  readonly unitOfWork;
  readonly proof;
  readonly deliveries;
  readonly queue;
  readonly queries;
  readonly retry;
  readonly send;
  private readonly jobs;
  private readonly transport;
  private worker: JobWorker | null = null;

  private constructor(
    readonly database: Database,
    readonly firmId: FirmId,
    readonly userId: UserId,
    smtpUrl: string,
  ) {
    const { clock } = this;
    this.unitOfWork = new MikroOrmUnitOfWork(database);
    this.proof = new SqlProofChain(database, clock, new HeadSeal(this.key));
    this.deliveries = new MikroOrmDeliveryRepository(database);
    this.jobs = new QueuedMailJobs(new JobQueue(database));
    const outbox = { deliveries: this.deliveries, jobs: this.jobs, proof: this.proof };
    this.queue = new OutboxDeliveryQueue(outbox, database, new SecureRandom(), clock);
    this.queries = new SqlDeliveryQueries(database);
    const history = new MikroOrmHistory(database, clock);
    this.retry = new RetryDeliveries(this.deliveries, this.jobs, history, this.unitOfWork, clock);
    this.transport = new SmtpTransport(smtpUrl);
    const addresses = { from: { name: null, address: 'no-reply@firm.example' }, publicUrl: PUBLIC, portalUrl: PORTAL };
    const sender = new MailNoticeSender(this.transport, addresses, new UnsubscribeTokens(this.key), clock);
    const followUp = { jobs: this.jobs, proof: this.proof, firstPause: 1 };
    const notices = new SqlNoticeQueries(database);
    this.send = new SendDelivery(this.deliveries, notices, sender, followUp, this.unitOfWork, clock);
  }

  static async on(database: Database, smtpUrl: string): Promise<MailBench> {
    const firmId = await aFirm(database);
    return new MailBench(database, firmId, await aUser(database, firmId, true), smtpUrl);
  }

  /** Begins to send what is queued, and what will be. */
  async work(workers = 3): Promise<void> {
    this.worker = new JobWorker(this.database, pino({ level: 'silent' }));
    await this.worker.start({
      queue: MAIL_QUEUE,
      batch: 10,
      workers,
      lateness: 0.5,
      handle: async (data) => void (await this.send.execute(data as MailJob)),
    });
  }

  async stop(): Promise<void> {
    await this.worker?.stop(5000);
    this.transport.close();
  }

  async contact(row: ContactRow = {}): Promise<ContactId> {
    const { language = 'en', timeZone = 'UTC', firstName = 'Adam', access = 'invited' } = row;
    const address = row.address === undefined ? `${randomUUID()}@example.test` : row.address;
    const [inserted] = await this.rows(
      `insert into contacts (firm_id, first_name, last_name, login_email, portal_access, is_exempt_from_two_factor_requirement,
         mailing_addresses, emails, phone_numbers, family_members, time_zone, language, portal_role, publish_files,
         notify_by_email, created_by, created_at, modified_at)
       values (?, ?, 'Smith', ?, ?, false, '[]', '[]', '[]', '[]', ?, ?, 'viewer', true, true, ?, now(), now())
       returning id::text`,
      [this.firmId, firstName, address, access, timeZone, language, this.userId],
    );
    return String(inserted?.['id']) as ContactId;
  }

  async file(name = 'Statement.pdf', parentId: FileId | null = null): Promise<FileId> {
    const id = await aFileRow(this.database, { firmId: this.firmId, createdBy: this.userId, parentId });
    await this.rows('update files set name = ? where id = ?', [name, id]);
    return id;
  }

  /** Publishes as the use case does: all rows and the jobs in one transaction. Answers the id of the call. */
  async publish({ contacts, files, at = new Date() }: CallRow): Promise<string> {
    const callId = new SecureRandom().uuid();
    await this.unitOfWork.run(async () => {
      const { em } = this.database;
      const ids = `{${contacts.join(',')}}`;
      await em.execute(`insert into publish_calls values (?, ?, ?, ?, 'publish', 'notify')`, [
        ...[callId, this.firmId, this.userId, at],
      ]);
      await em.execute(
        `insert into publish_results (firm_id, call_id, file_id, position, failed_contact_ids, told_contact_ids)
         select ?, ?, f.id, f.nth, '{}', ?::bigint[] from unnest(?::bigint[]) with ordinality as f (id, nth)`,
        [this.firmId, callId, ids, `{${files.join(',')}}`],
      );
      const addresses = await em.execute<{ id: string; login_email: string | null }[]>(
        'select id::text, login_email from contacts where id = any (?::bigint[]) order by id',
        [ids],
      );
      const recipients = addresses.map((row) => ({ contactId: row.id as ContactId, address: row.login_email }));
      await this.queue.add(this.firmId, callId, recipients);
      await em.execute(
        `insert into publications (firm_id, call_id, file_id, contact_id, rule)
         select ?, ?, f.id, c.id, 'override' from unnest(?::bigint[]) as f (id), unnest(?::bigint[]) as c (id)
         on conflict do nothing`,
        [this.firmId, callId, `{${files.join(',')}}`, ids],
      );
    });
    return callId;
  }

  /** The mails of a call, by contact. */
  mailsOf(callId: string): Promise<Record<string, unknown>[]> {
    return this.rows(
      `select id, contact_id::text, address, state, attempts, answer, attempted_at, answered_at, next_attempt_at, settled_at
       from deliveries where call_id = ? order by contact_id`,
      [callId],
    );
  }

  async mailOf(callId: string): Promise<Record<string, unknown>> {
    return (await this.mailsOf(callId))[0] ?? {};
  }

  idOf(mail: Record<string, unknown>): DeliveryId {
    return String(mail['id']) as DeliveryId;
  }

  /** Kinds and data of the events about a mail. */
  eventsOf(id: DeliveryId): Promise<Record<string, unknown>[]> {
    return this.rows('select kind, contact_id::text, data from proof_events where delivery_id = ? order by seq', [id]);
  }

  rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.database.em.fork().execute(sql, values);
  }
}

/** Who sends mails again. */
export const operator: Author = { ...anActor(), userId: null, credential: { kind: 'operator', id: 'test' } };
