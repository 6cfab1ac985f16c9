import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { NewFiles } from '@portico/domain/files';
import { Clock, PartialBlobs, Random, UnitOfWork } from '@portico/domain/kernel';
import {
  AbandonUpload,
  AppendToUpload,
  BeginUpload,
  CheckUpload,
  FinishUpload,
  SweepUploads,
  Uploads,
} from '@portico/domain/uploads';
import { FilesModule } from '../files/files.module.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { LOGGER } from '../platform/observability/logger.js';
import { openPartialBlobs } from '../platform/storage/open-blob-store.js';
import { bind, provide } from '../platform/wiring.js';
import { MikroOrmUploads } from './mikro-orm-uploads.js';
import { TusExchange } from './tus-exchange.js';
import { UploadCheck } from './upload-check.js';
import { Uploading } from './uploading.js';
import { UploadLocks } from './upload-locks.js';
import { UploadSweep } from './upload-sweep.js';
import { UploadUseCases } from './upload-use-cases.js';
import { UploadsController } from './uploads.controller.js';

/** Uploads that arrive in pieces and go on after whatever interrupts them: TUS 1.0 at `/v1/uploads`. */
@Module({
  imports: [FilesModule],
  controllers: [UploadsController],
  providers: [
    bind(Uploads, MikroOrmUploads, Database),
    { provide: PartialBlobs, inject: [CONFIG], useFactory: (config: Config) => openPartialBlobs(config.storage) },
    provide(CheckUpload, NewFiles, UnitOfWork),
    provide(BeginUpload, NewFiles, Uploads, PartialBlobs, UnitOfWork, Clock),
    provide(AppendToUpload, Uploads, PartialBlobs, UnitOfWork, Clock),
    provide(FinishUpload, Uploads, NewFiles, PartialBlobs, UnitOfWork, Clock),
    provide(AbandonUpload, Uploads, PartialBlobs, UnitOfWork, Clock),
    provide(SweepUploads, Uploads, PartialBlobs, UnitOfWork, Clock),
    provide(UploadUseCases, Uploads, BeginUpload, AppendToUpload, FinishUpload, AbandonUpload),
    {
      provide: UploadLocks,
      inject: [Database, LOGGER],
      useFactory: (database: Database, logger: Logger) => new UploadLocks(database.url, logger),
    },
    {
      provide: TusExchange,
      inject: [UploadUseCases, UploadLocks, Clock, Random, CONFIG],
      useFactory: (useCases: UploadUseCases, locks: UploadLocks, clock: Clock, random: Random, config: Config) =>
        new TusExchange(useCases, locks, clock, random, config.maxUploadBytes),
    },
    {
      provide: UploadCheck,
      inject: [CheckUpload, CONFIG],
      useFactory: (check: CheckUpload, config: Config) => new UploadCheck(check, config.maxUploadBytes),
    },
    {
      provide: Uploading,
      inject: [TusExchange, UploadCheck, Uploads, Clock, CONFIG],
      useFactory: (exchange: TusExchange, check: UploadCheck, uploads: Uploads, clock: Clock, config: Config) =>
        new Uploading(exchange, check, uploads, clock, config.maxUploadBytes),
    },
    {
      provide: UploadSweep,
      inject: [SweepUploads, LOGGER],
      useFactory: (sweep: SweepUploads, logger: Logger) => new UploadSweep(sweep, logger),
    },
  ],
})
export class UploadsModule {}

// What stands before the routes.
export { speakTus } from './tus-calls.js';
