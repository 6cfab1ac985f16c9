import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import {
  DeliveryQueries,
  DeliveryQueue,
  DeliveryRepository,
  MailJobs,
  RetryDeliveries,
} from '@portico/domain/notifications';
import { ProofChain } from '@portico/domain/proof';
import { HistoryModule } from '../history/history.module.js';
import { Database } from '../platform/database/database.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { bind, provide } from '../platform/wiring.js';
import { ProofModule } from '../proof/proof.module.js';
import { QueuedMailJobs } from './mail-jobs.js';
import { MikroOrmDeliveryRepository } from './mikro-orm-delivery-repository.js';
import { OutboxDeliveryQueue } from './outbox-delivery-queue.js';
import { SqlDeliveryQueries } from './sql-delivery-queries.js';

/** The mails that are to be sent, without anyone who sends them: what the command line needs too. */
@Module({
  imports: [HistoryModule, JobsModule, ProofModule],
  providers: [
    bind(DeliveryRepository, MikroOrmDeliveryRepository, Database),
    bind(DeliveryQueries, SqlDeliveryQueries, Database),
    bind(MailJobs, QueuedMailJobs, JobQueue),
    {
      provide: DeliveryQueue,
      inject: [DeliveryRepository, MailJobs, ProofChain, Database, Random, Clock],
      useFactory: (
        deliveries: DeliveryRepository,
        jobs: MailJobs,
        proof: ProofChain,
        database: Database,
        random: Random,
        clock: Clock,
      ) => new OutboxDeliveryQueue({ deliveries, jobs, proof }, database, random, clock),
    },
    provide(RetryDeliveries, DeliveryRepository, MailJobs, History, UnitOfWork, Clock),
  ],
  exports: [DeliveryRepository, DeliveryQueries, DeliveryQueue, MailJobs, RetryDeliveries, JobsModule, ProofModule],
})
export class DeliveriesModule {}

// What other modules may use of this one.
export { DeliveryMapping } from './delivery.mapping.js';
export { MAIL_QUEUE } from './mail-jobs.js';
export { RestoredMails } from './restored-mails.js';
