import { type DynamicModule, Module } from '@nestjs/common';
import { BlobStore, Clock, Random, Sealer, UnitOfWork } from '@portico/domain/kernel';
import { AddressLimiter } from './access/address-limiter.js';
import { CONFIG, type Config } from './config/config.js';
import { KeySealer } from './config/key-sealer.js';
import { SecretKey } from './config/secret-key.js';
import { Database } from './database/database.js';
import { MikroOrmUnitOfWork } from './database/mikro-orm-unit-of-work.js';
import { ContentSender } from './http/send-content.js';
import { LOGGER } from './observability/logger.js';
import type { Runtime } from './runtime.js';
import { relativePathOf } from './storage/local-blob-store.js';
import { SecureRandom } from './secure-random.js';
import { SystemClock } from './system-clock.js';
import { bind } from './wiring.js';

/** What every module stands on. Without a runtime only the shape of the application can be looked at. */
@Module({})
export class PlatformModule {
  static with(runtime: Runtime | null): DynamicModule {
    const accelRedirect = runtime?.config.accelRedirect ?? null;
    const providers = [
      { provide: CONFIG, useValue: runtime?.config },
      { provide: LOGGER, useValue: runtime?.logger },
      { provide: SecretKey, useValue: runtime?.secretKey },
      { provide: Database, useValue: runtime?.database },
      { provide: BlobStore, useValue: runtime?.blobs },
      {
        provide: AddressLimiter,
        inject: [CONFIG],
        useFactory: ({ edge }: Config) => new AddressLimiter(edge.failuresPerMinute),
      },
      bind(Clock, SystemClock),
      bind(Random, SecureRandom),
      bind(Sealer, KeySealer, SecretKey),
      bind(UnitOfWork, MikroOrmUnitOfWork, Database),
      {
        provide: ContentSender,
        inject: [BlobStore],
        useFactory: (blobs: BlobStore) =>
          new ContentSender(blobs, (key) => (accelRedirect ? accelRedirect + relativePathOf(key) : null)),
      },
    ];
    return { module: PlatformModule, global: true, providers, exports: providers };
  }
}
