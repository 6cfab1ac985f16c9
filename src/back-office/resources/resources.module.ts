import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { OnboardingTriggers } from '@portico/domain/onboarding';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { OnboardingModule } from '../../onboarding/onboarding.module.js';
import { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';
import { provide } from '../../platform/wiring.js';
import { RESOURCES } from './catalogue/index.js';
import { ResourceAnswers } from './http/resource-answers.js';
import { controllerOf } from './http/resource-controllers.js';
import { ResourceReads } from './reading/resource-reads.js';
import { ResourceStore } from './writing/resource-store.js';
import { ResourceWrites } from './writing/resource-writes.js';
import { WriteRecord } from './writing/write-record.js';

/** What the Back Office keeps of the work for clients: a declaration for each resource, one implementation for all. */
@Module({
  imports: [HistoryModule, NotifierModule, OnboardingModule],
  controllers: RESOURCES.map(controllerOf),
  providers: [
    provide(Statements, Database),
    provide(ResourceReads, Database, Clock),
    provide(ResourceStore, Statements),
    provide(WriteRecord, ResourceStore, History, Notifier, OnboardingTriggers),
    provide(ResourceWrites, ResourceStore, ResourceReads, WriteRecord, UnitOfWork, Clock, Random),
    provide(ResourceAnswers, ResourceReads, ResourceWrites),
  ],
})
export class ResourcesModule {}
