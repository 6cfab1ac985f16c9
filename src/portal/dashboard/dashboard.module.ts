import { Module } from '@nestjs/common';
import { CompanyDays, DashboardQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalAnnouncementsModule } from '../announcements/portal-announcements.module.js';
import { PortalHistoryModule } from '../history/portal-history.module.js';
import { DashboardController } from './dashboard.controller.js';
import { SqlDashboardQueries } from './sql-dashboard-queries.js';

/** What companies see first. */
@Module({
  imports: [PortalAccessModule, PortalHistoryModule, PortalAnnouncementsModule],
  controllers: [DashboardController],
  providers: [bind(DashboardQueries, SqlDashboardQueries, Database, CompanyDays)],
})
export class DashboardModule {}
