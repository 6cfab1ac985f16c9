import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '@portico/domain/kernel';
import { addressOf } from '../http/caller-address.js';
import type { AddressLimiter } from './address-limiter.js';

/** What the token endpoint refuses: a client that is not known, a secret, a code or a token that is no good. */
const FAILURES: ReadonlySet<number> = new Set([400, 401]);

/** For the token endpoint, which answers in the words of OAuth (RFC 6749, section 5.2) and by itself. */
export function limitTokenAttempts(addresses: AddressLimiter) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== 'POST') return next();
    const address = addressOf(request);
    response.once('finish', () => {
      if (FAILURES.has(response.statusCode)) void addresses.record(address);
    });
    addresses.refuseBlocked(address, response).then(
      () => next(),
      (error: unknown) => {
        if (!(error instanceof DomainError)) return next(error);
        const body = { error: 'temporarily_unavailable', error_description: error.message };
        response.status(429).setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
      },
    );
  };
}
