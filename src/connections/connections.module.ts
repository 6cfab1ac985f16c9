import { setTimeout as pause } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  ConnectForClient,
  ConnectionClients,
  ConnectionFigures,
  ConnectionQueries,
  ConnectionRepository,
  ConnectionTrial,
  ConnectPlatform,
  CredentialVault,
  DisconnectForClient,
  DisconnectPlatform,
  NewConnections,
  PlatformConnectors,
  StartSyncs,
  SyncConnection,
  SyncJobs,
} from '@portico/domain/connections';
import { ClientRepository } from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { DataAccess } from '@portico/domain/identity';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { Notifier } from '@portico/domain/notifications';
import { OnboardingTriggers } from '@portico/domain/onboarding';
import { ClientsModule } from '../directory/clients.module.js';
import { HistoryModule } from '../history/history.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { NotifierModule } from '../notifications/notifier.module.js';
import { OnboardingModule } from '../onboarding/onboarding.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobWorker } from '../platform/jobs/job-worker.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { LOGGER } from '../platform/observability/logger.js';
import { GuardedClient } from '../platform/outgoing/guarded-client.js';
import { bind, provide } from '../platform/wiring.js';
import { CredentialsModule } from './credentials.module.js';
import { HttpPlatformConnectors } from './platforms/http-platform-connectors.js';
import { VendorCalls } from './platforms/vendor-calls.js';
import { QueuedSyncJobs } from './queued-sync-jobs.js';
import { SqlConnectionClients } from './sql-connection-clients.js';
import { SqlConnectionFigures } from './sql-connection-figures.js';
import { SqlConnectionQueries } from './sql-connection-queries.js';
import { SyncWorker } from './sync-worker.js';

const platforms = [
  {
    provide: GuardedClient,
    inject: [CONFIG],
    useFactory: ({ platforms: addresses }: Config) => {
      const named = Object.values({ ...addresses });
      return new GuardedClient({
        trustedOrigins: new Set(named.flatMap((address) => (address === null ? [] : [new URL(address).origin]))),
      });
    },
  },
  {
    provide: PlatformConnectors,
    inject: [GuardedClient, Clock, CONFIG],
    useFactory: (client: GuardedClient, clock: Clock, { platforms: addresses }: Config) =>
      new HttpPlatformConnectors(new VendorCalls(client, pause), clock, addresses),
  },
];

const syncing = [
  bind(ConnectionFigures, SqlConnectionFigures, Statements, Random, Clock),
  bind(SyncJobs, QueuedSyncJobs, JobQueue),
  {
    provide: SyncConnection,
    inject: [
      ...[ConnectionRepository, CredentialVault, PlatformConnectors],
      ...[ConnectionFigures, History, SyncJobs],
      ...[UnitOfWork, Clock, Random],
    ],
    useFactory: (
      connections: ConnectionRepository,
      vault: CredentialVault,
      connectors: PlatformConnectors,
      figures: ConnectionFigures,
      history: History,
      jobs: SyncJobs,
      ...tools: [UnitOfWork, Clock, Random]
    ) => new SyncConnection({ connections, vault, connectors }, { figures, history, jobs }, ...tools),
  },
  provide(StartSyncs, ConnectionRepository, ConnectionClients, SyncJobs, UnitOfWork, Clock, Random),
  {
    provide: SyncWorker,
    inject: [SyncConnection, JobWorker, GuardedClient, LOGGER],
    useFactory: (sync: SyncConnection, worker: JobWorker, client: GuardedClient, logger: Logger) =>
      new SyncWorker(sync, worker, client, logger),
  },
];

/** The connections of clients to platforms, and the figures that come from them. */
@Module({
  imports: [
    CredentialsModule,
    ClientsModule,
    HistoryModule,
    IdentityModule,
    JobsModule,
    NotifierModule,
    OnboardingModule,
  ],
  providers: [
    ...platforms,
    bind(ConnectionClients, SqlConnectionClients, Statements),
    bind(ConnectionQueries, SqlConnectionQueries, Database),
    provide(ConnectionTrial, PlatformConnectors),
    provide(NewConnections, ConnectionRepository, CredentialVault, History, Notifier, Clock, Random),
    provide(ConnectPlatform, ConnectionTrial, ConnectionClients, NewConnections, OnboardingTriggers, UnitOfWork),
    provide(
      ...([ConnectForClient, ConnectionTrial, ClientRepository, DataAccess, NewConnections] as const),
      ...([OnboardingTriggers, UnitOfWork] as const),
    ),
    provide(DisconnectPlatform, ConnectionRepository, ConnectionClients, History, UnitOfWork, Clock),
    provide(DisconnectForClient, ConnectionRepository, ConnectionQueries, History, UnitOfWork, Clock),
    ...syncing,
  ],
  exports: [
    ...[ConnectForClient, ConnectionQueries, ConnectPlatform, DisconnectForClient, DisconnectPlatform, StartSyncs],
  ],
})
export class ConnectionsModule {}
