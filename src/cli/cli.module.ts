import { type DynamicModule, Module } from '@nestjs/common';
import { CredentialsModule } from '../connections/credentials.module.js';
import { ClientsModule } from '../directory/clients.module.js';
import { ContactsModule } from '../directory/contacts.module.js';
import { BlobsModule } from '../files/blobs.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { DeliveriesModule } from '../notifications/deliveries.module.js';
import { PlatformModule } from '../platform/platform.module.js';
import { ProofModule } from '../proof/proof.module.js';
import type { Runtime } from '../platform/runtime.js';

/** What the operator's commands need of the application: no routes. */
@Module({})
export class CliModule {
  static with(runtime: Runtime): DynamicModule {
    return {
      module: CliModule,
      imports: [
        PlatformModule.with(runtime),
        BlobsModule,
        ClientsModule,
        ContactsModule,
        CredentialsModule,
        DeliveriesModule,
        IdentityModule,
        ProofModule,
      ],
    };
  }
}
