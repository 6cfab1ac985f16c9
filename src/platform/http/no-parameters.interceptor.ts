import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { DomainError } from '@portico/domain/kernel';
import type { ObservedRequest } from './observed-request.js';

/** For reads that know no query parameter: each, `include` too, is refused by its name (contract, section 4). */
@Injectable()
export class NoParametersInterceptor implements NestInterceptor {
  /** @throws DomainError `unknown_member` naming the first parameter */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<ObservedRequest>();
    const [name] = Object.keys(query);
    if (name === undefined) return next.handle();
    throw new DomainError('invalid', 'unknown_member', `"${name}" is unknown here or can not be set`, {
      parameter: name,
    });
  }
}
