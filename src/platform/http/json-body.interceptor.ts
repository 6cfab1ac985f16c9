import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { json } from 'body-parser';
import type { Response } from 'express';
import { from, type Observable, switchMap } from 'rxjs';
import type { ObservedRequest } from './observed-request.js';

type Parse = ReturnType<typeof json>;

const parserOf = (limit: string): Parse => json({ type: () => true, limit, strict: false });
const ONE = parserOf('1mb');
/** A thousand rows of some size. */
const MANY = parserOf('16mb');

/** Reads a JSON body, after the guards: who may not call a route has nothing read of what they send. */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  protected readonly parse: Parse = ONE;

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<ObservedRequest>();
    // no body is not an empty object; a route that takes uploads too reads them itself, as they arrive
    if (headers['content-length'] === '0' || headers['content-type']?.startsWith('multipart/')) return next.handle();
    const read = new Promise<void>((resolve, reject) => {
      this.parse(http.getRequest<ObservedRequest>(), http.getResponse<Response>(), (error?: Error) =>
        error ? reject(error) : resolve(),
      );
    });
    return from(read).pipe(switchMap(() => next.handle()));
  }
}

/** The same for a body that holds many rows. */
@Injectable()
export class JsonRowsInterceptor extends JsonBodyInterceptor {
  protected override readonly parse = MANY;
}
