import { Module } from '@nestjs/common';
import { Clock } from '@portico/domain/kernel';
import { PortalInvoiceQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalInvoicesController } from './portal-invoices.controller.js';
import { SqlPortalInvoiceQueries } from './sql-portal-invoice-queries.js';

/** The invoices of a client. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalInvoicesController],
  providers: [bind(PortalInvoiceQueries, SqlPortalInvoiceQueries, Database, Clock)],
})
export class PortalInvoicesModule {}
