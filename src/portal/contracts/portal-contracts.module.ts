import { Module } from '@nestjs/common';
import { PortalContractQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalContractsController } from './portal-contracts.controller.js';
import { SqlPortalContractQueries } from './sql-portal-contract-queries.js';

/** The contracts that a client signs. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalContractsController],
  providers: [bind(PortalContractQueries, SqlPortalContractQueries, Database)],
})
export class PortalContractsModule {}
