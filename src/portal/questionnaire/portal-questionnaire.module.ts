import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { OnboardingTriggers } from '@portico/domain/onboarding';
import { QuestionnaireQueries, Questionnaires, SubmitQuestionnaire } from '@portico/domain/portal';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { OnboardingModule } from '../../onboarding/onboarding.module.js';
import { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';
import { bind, provide } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { QuestionnaireController } from './questionnaire.controller.js';
import { SqlQuestionnaireQueries } from './sql-questionnaire-queries.js';
import { SqlQuestionnaires } from './sql-questionnaires.js';

/** What companies say of themselves. */
@Module({
  imports: [PortalAccessModule, HistoryModule, NotifierModule, OnboardingModule],
  controllers: [QuestionnaireController],
  providers: [
    provide(Statements, Database),
    bind(QuestionnaireQueries, SqlQuestionnaireQueries, Database),
    bind(Questionnaires, SqlQuestionnaires, Statements, Random),
    provide(SubmitQuestionnaire, Questionnaires, History, Notifier, OnboardingTriggers, UnitOfWork, Clock),
  ],
})
export class PortalQuestionnaireModule {}
