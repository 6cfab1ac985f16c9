import { Module } from '@nestjs/common';
import { QbrQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalQbrsController } from './portal-qbrs.controller.js';
import { SqlQbrQueries } from './sql-qbr-queries.js';

/** Reviews of the work with a company. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalQbrsController],
  providers: [bind(QbrQueries, SqlQbrQueries, Database)],
})
export class PortalQbrsModule {}
