import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Logger } from 'pino';
import { Clock, Random, Sealer } from '@portico/domain/kernel';
import { Database } from '../database/database.js';
import { LOGGER } from '../observability/logger.js';
import { provide } from '../wiring.js';
import { ForgetKeys } from './forget-keys.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyKeys } from './idempotency-keys.js';

/** `Idempotency-Key` on all routes of callers with credentials. */
@Module({
  providers: [
    provide(IdempotencyKeys, Database, Sealer, Clock, Random),
    {
      provide: APP_INTERCEPTOR,
      inject: [IdempotencyKeys, LOGGER],
      useFactory: (keys: IdempotencyKeys, logger: Logger) => new IdempotencyInterceptor(keys, logger),
    },
    {
      provide: ForgetKeys,
      inject: [IdempotencyKeys, LOGGER],
      useFactory: (keys: IdempotencyKeys, logger: Logger) => new ForgetKeys(keys, logger),
    },
  ],
})
export class IdempotencyModule {}
