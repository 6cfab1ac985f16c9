import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { DeliveryQueue, Notifier } from '@portico/domain/notifications';
import { ProofChain } from '@portico/domain/proof';
import {
  OwnPublication,
  Publications,
  PublishFiles,
  PublishingQueries,
  PublishingRecord,
  UnpublishFiles,
} from '@portico/domain/publishing';
import { HistoryModule } from '../history/history.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { ProofModule } from '../proof/proof.module.js';
import { ProofController } from './proof.controller.js';
import { PublishingController } from './publishing.controller.js';
import { SqlPublications } from './sql-publications.js';
import { SqlPublishingQueries } from './sql-publishing-queries.js';

/** Publishing files to the portals of contacts, and the proof of it. */
@Module({
  imports: [HistoryModule, NotificationsModule, ProofModule],
  controllers: [PublishingController, ProofController],
  providers: [
    bind(Publications, SqlPublications, Database),
    bind(PublishingQueries, SqlPublishingQueries, Database),
    provide(PublishingRecord, History, ProofChain, Notifier),
    provide(OwnPublication, Publications, PublishingRecord, Random, Clock),
    provide(PublishFiles, Publications, DeliveryQueue, PublishingRecord, Random, UnitOfWork, Clock),
    provide(UnpublishFiles, Publications, PublishingRecord, UnitOfWork, Clock),
  ],
  exports: [OwnPublication],
})
export class PublishingModule {}
