import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, ModuleRef, Reflector } from '@nestjs/core';
import { Database } from '../database/database.js';
import { ConditionalInterceptor } from './conditional.interceptor.js';

/** `ETag` and `If-Match` on all routes that declare them. */
@Module({
  providers: [
    {
      provide: APP_INTERCEPTOR,
      inject: [Reflector, ModuleRef, Database],
      useFactory: (...parts: ConstructorParameters<typeof ConditionalInterceptor>) =>
        new ConditionalInterceptor(...parts),
    },
  ],
})
export class ConditionsModule {}
