import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, type Observable, switchMap } from 'rxjs';
import { DomainError } from '@portico/domain/kernel';
import { addressOf } from '../http/caller-address.js';
import type { ObservedRequest } from '../http/observed-request.js';
import { AddressLimiter } from './address-limiter.js';

/** On routes that give credentials out for others: who has failed too often from one address is not tried again. */
@Injectable()
export class AttemptInterceptor implements NestInterceptor {
  constructor(private readonly addresses: AddressLimiter) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [address, response] = [addressOf(http.getRequest<ObservedRequest>()), http.getResponse<Response>()];
    return from(this.addresses.refuseBlocked(address, response)).pipe(
      switchMap(() => next.handle()),
      catchError(async (error: unknown) => {
        if (error instanceof DomainError && error.kind === 'unauthenticated')
          await this.addresses.failed(address, response);
        throw error;
      }),
    );
  }
}
