import { Module } from '@nestjs/common';
import { BlobRegister, CheckBlobs, SweepOrphanBlobs } from '@portico/domain/files';
import { BlobStore, Clock } from '@portico/domain/kernel';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { SqlBlobRegister } from './sql-blob-register.js';

/** Looks after the bytes, beside those who write and read them. */
@Module({
  providers: [
    bind(BlobRegister, SqlBlobRegister, Database),
    provide(SweepOrphanBlobs, BlobStore, BlobRegister, Clock),
    provide(CheckBlobs, BlobStore, BlobRegister, Clock),
  ],
  exports: [BlobRegister, CheckBlobs, SweepOrphanBlobs],
})
export class BlobsModule {}
