import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { ContactRepository } from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import {
  Bursts,
  DeliveryQueries,
  DeliveryQueue,
  DeliveryRepository,
  MailJobs,
  NoticeQueries,
  NoticeSender,
  SendBursts,
  SendDelivery,
  StopNotifying,
  SubscriptionQueries,
} from '@portico/domain/notifications';
import { ProofChain } from '@portico/domain/proof';
import { ContactsModule } from '../directory/contacts.module.js';
import { HistoryModule } from '../history/history.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { JobWorker } from '../platform/jobs/job-worker.js';
import { FileTransport } from '../platform/mail/file-transport.js';
import { MailTransport } from '../platform/mail/mail-transport.js';
import { SmtpTransport } from '../platform/mail/smtp-transport.js';
import { HttpMetrics } from '../platform/observability/http-metrics.js';
import { LOGGER } from '../platform/observability/logger.js';
import { bind, provide } from '../platform/wiring.js';
import { BurstWatch } from './bursts/burst-watch.js';
import { SqlBursts } from './bursts/sql-bursts.js';
import { DeliveriesModule } from './deliveries.module.js';
import { MailMetrics } from './mail-metrics.js';
import { MailNoticeSender } from './mail-notice-sender.js';
import { MailWorker } from './mail-worker.js';
import { NotifierModule } from './notifier.module.js';
import { PatientUnitOfWork } from './patient-unit-of-work.js';
import { SqlNoticeQueries } from './sql-notice-queries.js';
import { SqlSubscriptionQueries } from './sql-subscription-queries.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.js';

/** For how long the outcome of an attempt waits for a database that is away. */
const PATIENCE_MS = 300_000;

const sending = [
  bind(NoticeQueries, SqlNoticeQueries, Database),
  {
    provide: MailTransport,
    inject: [CONFIG],
    useFactory: ({ mail: { smtpUrl, keptIn } }: Config): MailTransport =>
      smtpUrl === null ? new FileTransport(keptIn) : new SmtpTransport(smtpUrl),
  },
  {
    provide: NoticeSender,
    inject: [MailTransport, CONFIG, UnsubscribeTokens, Clock],
    useFactory: (transport: MailTransport, { mail, publicUrl }: Config, tokens: UnsubscribeTokens, clock: Clock) =>
      new MailNoticeSender(transport, { ...mail, publicUrl }, tokens, clock),
  },
  provide(MailMetrics, HttpMetrics, DeliveryQueries),
  {
    provide: SendDelivery,
    inject: [CONFIG, DeliveryRepository, NoticeQueries, NoticeSender, MailJobs, ProofChain, UnitOfWork, Clock],
    useFactory: (
      { mail }: Config,
      deliveries: DeliveryRepository,
      notices: NoticeQueries,
      sender: NoticeSender,
      jobs: MailJobs,
      proof: ProofChain,
      unitOfWork: UnitOfWork,
      clock: Clock,
    ) => {
      const followUp = { jobs, proof, firstPause: mail.firstPause };
      const patient = new PatientUnitOfWork(unitOfWork, PATIENCE_MS);
      return new SendDelivery(deliveries, notices, sender, followUp, patient, clock);
    },
  },
  {
    provide: MailWorker,
    inject: [SendDelivery, JobWorker, MailTransport, MailMetrics, LOGGER, CONFIG],
    useFactory: (
      send: SendDelivery,
      worker: JobWorker,
      transport: MailTransport,
      metrics: MailMetrics,
      logger: Logger,
      { mail }: Config,
    ) => new MailWorker(send, worker, transport, metrics, logger, mail.firstPause),
  },
];

const gathering = [
  bind(Bursts, SqlBursts, Database),
  provide(SendBursts, Bursts, DeliveryQueue, UnitOfWork, Clock),
  {
    provide: BurstWatch,
    inject: [SendBursts, LOGGER, CONFIG],
    useFactory: (send: SendBursts, logger: Logger, { mail }: Config) => new BurstWatch(send, logger, mail.notifyAfter),
  },
];

/** Tells people by mail, and ends that when they want it. */
@Module({
  imports: [DeliveriesModule, NotifierModule, ContactsModule, HistoryModule],
  controllers: [UnsubscribeController],
  providers: [
    provide(UnsubscribeTokens, SecretKey),
    bind(SubscriptionQueries, SqlSubscriptionQueries, Database),
    provide(StopNotifying, ContactRepository, History, UnitOfWork, Clock),
    ...sending,
    ...gathering,
  ],
  exports: [DeliveriesModule, NotifierModule],
})
export class NotificationsModule {}
