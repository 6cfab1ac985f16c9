import { Module } from '@nestjs/common';
import { TeamQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalTeamController } from './portal-team.controller.js';
import { SqlTeamQueries } from './sql-team-queries.js';

/** Who works for companies. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalTeamController],
  providers: [bind(TeamQueries, SqlTeamQueries, Database)],
})
export class PortalTeamModule {}
