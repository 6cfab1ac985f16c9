import { type DynamicModule, Module } from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_PIPE,
  DiscoveryModule,
  DiscoveryService,
  MetadataScanner,
  Reflector,
} from '@nestjs/core';
import type { Logger } from 'pino';
import { ArchiveModule } from './archive/archive.module.js';
import { BackOfficeClientsModule } from './back-office/clients/back-office-clients.module.js';
import { ResourcesModule } from './back-office/resources/resources.module.js';
import { BackOfficeConnectionsModule } from './back-office/connections/back-office-connections.module.js';
import { BackOfficeContactsModule } from './back-office/contacts/back-office-contacts.module.js';
import { BackOfficeNotificationsModule } from './back-office/notifications/back-office-notifications.module.js';
import { BackOfficeUsersModule } from './back-office/users/back-office-users.module.js';
import { ClientFilesModule } from './client-files/client-files.module.js';
import { ClientsModule } from './directory/clients.module.js';
import { ContactsModule } from './directory/contacts.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { AssociationsModule } from './associations/associations.module.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './health/health.module.js';
import { AuthenticationModule } from './identity/authentication.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { InteractionsModule } from './identity/interactions/interactions.module.js';
import { SessionsModule } from './identity/sessions/sessions.module.js';
import { UsersModule } from './identity/users.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { AccessGuard } from './platform/access/access.guard.js';
import { AddressLimiter } from './platform/access/address-limiter.js';
import { Authenticator } from './platform/access/authenticator.js';
import { CallLimiter } from './platform/access/call-limiter.js';
import { PortalDoor } from './platform/access/portal-door.js';
import { RouteCheck } from './platform/access/route-check.js';
import { ConditionsModule } from './platform/conditions/conditions.module.js';
import { CONFIG, type Config } from './platform/config/config.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { MediaTypeGuard } from './platform/http/media-type.guard.js';
import { RequestPipe } from './platform/http/request.pipe.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { LOGGER } from './platform/observability/logger.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { PortalAccessModule } from './portal/access/portal-access.module.js';
import { PORTAL_MODULES } from './portal/portal-modules.js';
import type { Runtime } from './platform/runtime.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { provide } from './platform/wiring.js';

/** What stands around all routes. Keys come before conditions: what was answered is answered again, whatever holds now. */
const SURROUNDINGS = [ObservabilityModule, IdempotencyModule, ConditionsModule, DiscoveryModule];

/** The whole server. Without a runtime only its shape can be looked at, for the OpenAPI documents. */
@Module({})
export class AppModule {
  static with(runtime: Runtime | null): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(runtime),
        ...SURROUNDINGS,
        AuthenticationModule,
        IdentityModule,
        HealthModule,
        DirectoryModule,
        ContactsModule,
        ClientsModule,
        UsersModule,
        SessionsModule,
        InteractionsModule,
        BackOfficeClientsModule,
        BackOfficeContactsModule,
        BackOfficeUsersModule,
        BackOfficeNotificationsModule,
        BackOfficeConnectionsModule,
        ResourcesModule,
        FilesModule,
        UploadsModule,
        ArchiveModule,
        ClientFilesModule,
        AssociationsModule,
        NotificationsModule,
        PublishingModule,
        PortalAccessModule,
        ...PORTAL_MODULES,
      ],
      providers: [
        {
          provide: CallLimiter,
          inject: [CONFIG],
          useFactory: (config: Config) => new CallLimiter(config.rateLimitPerMinute),
        },
        {
          provide: APP_GUARD,
          inject: [Reflector, Authenticator, CallLimiter, PortalDoor, AddressLimiter],
          useFactory: (...parts: ConstructorParameters<typeof AccessGuard>) => new AccessGuard(...parts),
        },
        { provide: APP_GUARD, useClass: MediaTypeGuard },
        { provide: APP_PIPE, useClass: RequestPipe },
        { provide: APP_FILTER, inject: [LOGGER], useFactory: (logger: Logger) => new ProblemFilter(logger) },
        provide(RouteCheck, DiscoveryService, MetadataScanner, Reflector),
      ],
    };
  }
}
