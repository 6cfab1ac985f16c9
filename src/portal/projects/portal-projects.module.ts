import { Module } from '@nestjs/common';
import { CompanyDays, PortalProjectQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalProjectsController } from './portal-projects.controller.js';
import { SqlPortalProjectQueries } from './sql-portal-project-queries.js';

/** The projects of companies, with their tasks, roadmaps and decisions. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalProjectsController],
  providers: [bind(PortalProjectQueries, SqlPortalProjectQueries, Database, CompanyDays)],
})
export class PortalProjectsModule {}
