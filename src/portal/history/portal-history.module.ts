import { Module } from '@nestjs/common';
import { PortalHistoryQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalHistoryController } from './portal-history.controller.js';
import { SqlPortalHistoryQueries } from './sql-portal-history-queries.js';

/** The history of the work for companies. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalHistoryController],
  providers: [bind(PortalHistoryQueries, SqlPortalHistoryQueries, Database)],
  exports: [PortalHistoryQueries],
})
export class PortalHistoryModule {}
