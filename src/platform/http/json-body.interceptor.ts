import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { json } from 'body-parser';
import type { Response } from 'express';
import { from, type Observable, switchMap } from 'rxjs';
import type { ObservedRequest } from './observed-request.js';

const LIMIT = '1mb';
const parse = json({ type: () => true, limit: LIMIT, strict: false });

/** Reads a JSON body, after the guards: who may not call a route has nothing read of what they send. */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<ObservedRequest>();
    // no body is not an empty object; a route that takes uploads too reads them itself, as they arrive
    if (headers['content-length'] === '0' || headers['content-type']?.startsWith('multipart/')) return next.handle();
    const read = new Promise<void>((resolve, reject) => {
      parse(http.getRequest<ObservedRequest>(), http.getResponse<Response>(), (error?: Error) =>
        error ? reject(error) : resolve(),
      );
    });
    return from(read).pipe(switchMap(() => next.handle()));
  }
}
