import { Module } from '@nestjs/common';
import {
  ArchiveClient,
  ChangeClient,
  ClientBelongings,
  ClientFolders,
  ClientQueries,
  ClientRepository,
  CreateClient,
  EntityRepository,
  UpsertClients,
} from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { DataAccess } from '@portico/domain/identity';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { ClientFoldersModule } from '../client-files/client-folders.module.js';
import { HistoryModule } from '../history/history.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { MikroOrmClientRepository } from './mikro-orm-client-repository.js';
import { MikroOrmEntityRepository } from './mikro-orm-entity-repository.js';
import { SqlClientQueries } from './sql-client-queries.js';

/** The companies that a firm serves. */
@Module({
  imports: [ClientFoldersModule, HistoryModule, IdentityModule],
  providers: [
    bind(ClientRepository, MikroOrmClientRepository, Database),
    bind(EntityRepository, MikroOrmEntityRepository, Database),
    bind(ClientQueries, SqlClientQueries, Database),
    provide(ClientBelongings, ClientRepository, EntityRepository, ClientFolders),
    provide(CreateClient, ClientBelongings, ClientRepository, DataAccess, History, UnitOfWork, Clock),
    provide(ChangeClient, ClientBelongings, ClientRepository, DataAccess, History, UnitOfWork, Clock),
    provide(ArchiveClient, ClientRepository, DataAccess, History, UnitOfWork, Clock),
    provide(UpsertClients, ClientBelongings, ClientRepository, DataAccess, History, UnitOfWork, Clock),
  ],
  exports: [ArchiveClient, ChangeClient, ClientQueries, ClientRepository, CreateClient, UpsertClients],
})
export class ClientsModule {}

// What other modules may use of this one.
export { ClientMapping } from './client.mapping.js';
