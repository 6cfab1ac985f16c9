import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { ClientRequests, CreateRequest, RequestQueries } from '@portico/domain/portal';
import { HistoryModule } from '../../history/history.module.js';
import { NotifierModule } from '../../notifications/notifier.module.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalRequestsController } from './portal-requests.controller.js';
import { SqlClientRequests } from './sql-client-requests.js';
import { SqlRequestQueries } from './sql-request-queries.js';

/** What companies ask for. */
@Module({
  imports: [PortalAccessModule, HistoryModule, NotifierModule],
  controllers: [PortalRequestsController],
  providers: [
    bind(RequestQueries, SqlRequestQueries, Database),
    bind(ClientRequests, SqlClientRequests, Database),
    provide(CreateRequest, ClientRequests, History, Notifier, Random, UnitOfWork, Clock),
  ],
})
export class PortalRequestsModule {}
