import { Module } from '@nestjs/common';
import { PortalPageQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalPagesController } from './portal-pages.controller.js';
import { SqlPortalPageQueries } from './sql-portal-page-queries.js';

/** The pages that are written for a client. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalPagesController],
  providers: [bind(PortalPageQueries, SqlPortalPageQueries, Database)],
})
export class PortalPagesModule {}
