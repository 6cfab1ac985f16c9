import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { urlencoded } from 'body-parser';
import type { Request, Response } from 'express';
import { from, type Observable, switchMap } from 'rxjs';

const parse = urlencoded({ extended: false, limit: '16kb' });

/** Reads the fields of a page's form. */
@Injectable()
export class FormBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const read = new Promise<void>((resolve, reject) => {
      parse(http.getRequest<Request>(), http.getResponse<Response>(), (error?: Error) =>
        error ? reject(error) : resolve(),
      );
    });
    return from(read).pipe(switchMap(() => next.handle()));
  }
}

/** What was filled in under `name`; empty when nothing was, or several things. */
export function fieldIn(request: Request, name: string): string {
  const fields = request.body as Readonly<Record<string, unknown>> | undefined;
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}
