import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { from, type Observable, switchMap } from 'rxjs';
import { ActivateContact } from '@portico/domain/directory';
import { apartFromCondition } from '../../platform/conditions/call-condition.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import { isPrefetch } from '../../platform/http/prefetch.js';

/** The first time that an invited contact uses the portal makes them active; a program that looks ahead does not. */
@Injectable()
export class FirstUseInterceptor implements NestInterceptor {
  constructor(private readonly activateContact: ActivateContact) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { portalActor, method, headers } = context.switchToHttp().getRequest<ObservedRequest>();
    if (!portalActor?.isFirstUse || portalActor.contactId === null) return next.handle();
    if (method === 'HEAD' || isPrefetch(headers)) return next.handle();
    const { firmId, credential, origin, contactId: id } = portalActor;
    const actor = { firmId, userId: null, credential, origin };
    const activated = apartFromCondition(() => this.activateContact.execute(actor, { id }));
    return from(activated).pipe(switchMap(() => next.handle()));
  }
}
