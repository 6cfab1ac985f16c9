import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '@portico/domain/kernel';
import {
  Analyst,
  AskResults,
  ConnectedPlatforms,
  PlainAnalyst,
  ReadCampaigns,
  ReadResults,
  ResultQueries,
} from '@portico/domain/portal';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { bind, provide } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { ServiceAnalyst } from './ask/service-analyst.js';
import { ResultsController } from './results.controller.js';
import { SqlConnectedPlatforms } from './sql-connected-platforms.js';
import { SqlResultQueries } from './sql-result-queries.js';

/** What the work for a company has brought. */
@Module({
  imports: [PortalAccessModule],
  controllers: [ResultsController],
  providers: [
    bind(ResultQueries, SqlResultQueries, Database),
    bind(ConnectedPlatforms, SqlConnectedPlatforms, Database),
    {
      provide: Analyst,
      inject: [CONFIG, LOGGER],
      useFactory: (config: Config | undefined, logger: Logger): Analyst => {
        const plain = new PlainAnalyst();
        return config?.ai ? new ServiceAnalyst(config.ai, plain, logger) : plain;
      },
    },
    provide(ReadResults, ResultQueries, ConnectedPlatforms, Clock),
    provide(ReadCampaigns, ResultQueries, Clock),
    provide(AskResults, ResultQueries, Analyst, Clock),
  ],
})
export class PortalResultsModule {}
