import { isUtf8 } from 'node:buffer';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { json } from 'body-parser';
import type { Response } from 'express';
import { from, type Observable, switchMap } from 'rxjs';
import { DomainError } from '@portico/domain/kernel';
import type { ObservedRequest } from './observed-request.js';

type Parse = ReturnType<typeof json>;

const parserOf = (limit: string): Parse => json({ type: () => true, limit, strict: false, verify: requireUtf8 });
/** Of somebody who has not said yet who they are. */
const LITTLE = parserOf('16kb');
const ONE = parserOf('1mb');
/** A thousand rows of some size. */
const MANY = parserOf('16mb');

/** What is no text would be kept as other text. @throws DomainError `invalid_json` */
function requireUtf8(_request: unknown, _response: unknown, bytes: Buffer, encoding: string): void {
  if (encoding === 'utf-8' && !isUtf8(bytes))
    throw new DomainError('invalid', 'invalid_json', 'The body is not valid UTF-8');
}

/** Reads a JSON body, after the guards: who may not call a route has nothing read of what they send. */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  protected readonly parse: Parse = ONE;
  /** How long a body may take: an upload may be long, this one not, and whoever sends it byte by byte holds a place. */
  protected readonly patience: number = 60_000;

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<ObservedRequest>();
    // no body is not an empty object; a route that takes uploads too reads them itself, as they arrive
    if (headers['content-length'] === '0' || headers['content-type']?.startsWith('multipart/')) return next.handle();
    const read = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(tooSlow()), this.patience);
      this.parse(http.getRequest<ObservedRequest>(), http.getResponse<Response>(), (error?: Error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      });
    });
    return from(read).pipe(switchMap(() => next.handle()));
  }
}

const tooSlow = () => new DomainError('invalid', 'invalid_request', 'The body did not arrive in time');

/** The same for routes that everybody may call. */
@Injectable()
export class JsonPublicBodyInterceptor extends JsonBodyInterceptor {
  protected override readonly parse = LITTLE;
  protected override readonly patience = 10_000;
}

/** The same for a body that holds many rows. */
@Injectable()
export class JsonRowsInterceptor extends JsonBodyInterceptor {
  protected override readonly parse = MANY;
  protected override readonly patience = 300_000;
}
