import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import {
  CompleteMilestones,
  OnboardingProgress,
  OnboardingQueries,
  OnboardingTriggers,
} from '@portico/domain/onboarding';
import { HistoryModule } from '../history/history.module.js';
import { NotifierModule } from '../notifications/notifier.module.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { bind, provide } from '../platform/wiring.js';
import { SqlOnboardingProgress } from './sql-onboarding-progress.js';
import { SqlOnboardingQueries } from './sql-onboarding-queries.js';

/** How clients are taken in. */
@Module({
  imports: [HistoryModule, NotifierModule],
  providers: [
    provide(Statements, Database),
    bind(OnboardingQueries, SqlOnboardingQueries, Database),
    bind(OnboardingProgress, SqlOnboardingProgress, Statements),
    bind(OnboardingTriggers, CompleteMilestones, OnboardingProgress, History, Notifier, Random, Clock),
  ],
  exports: [OnboardingQueries, OnboardingTriggers],
})
export class OnboardingModule {}
