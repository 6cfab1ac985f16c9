import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { ApproveBudget, BudgetApprovals, PortalBudgetQueries } from '@portico/domain/portal';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';
import { bind, provide } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalBudgetsController } from './portal-budgets.controller.js';
import { SqlBudgetApprovals } from './sql-budget-approvals.js';
import { SqlPortalBudgetQueries } from './sql-portal-budget-queries.js';

/** The budgets of a client, and their approval. */
@Module({
  imports: [PortalAccessModule, HistoryModule, NotifierModule],
  controllers: [PortalBudgetsController],
  providers: [
    provide(Statements, Database),
    bind(PortalBudgetQueries, SqlPortalBudgetQueries, Database),
    bind(BudgetApprovals, SqlBudgetApprovals, Statements),
    provide(ApproveBudget, BudgetApprovals, History, Notifier, UnitOfWork, Clock),
  ],
})
export class PortalBudgetsModule {}
