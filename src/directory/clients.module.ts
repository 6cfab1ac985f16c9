import { Module } from '@nestjs/common';
import { ClientRepository, CreateClient, EntityRepository } from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { MikroOrmClientRepository } from './mikro-orm-client-repository.js';
import { MikroOrmEntityRepository } from './mikro-orm-entity-repository.js';

/** The companies that a firm serves. */
@Module({
  imports: [HistoryModule],
  providers: [
    bind(ClientRepository, MikroOrmClientRepository, Database),
    bind(EntityRepository, MikroOrmEntityRepository, Database),
    provide(CreateClient, ClientRepository, EntityRepository, History, UnitOfWork, Clock),
  ],
  exports: [ClientRepository, CreateClient],
})
export class ClientsModule {}

// What other modules may use of this one.
export { ClientMapping } from './client.mapping.js';
