import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { type ModuleRef, type Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { mergeMap, NEVER, Observable, of } from 'rxjs';
import { DomainError } from '@portico/domain/kernel';
import type { Database } from '../database/database.js';
import { ifMatchHolds, ifNoneMatchHolds, preconditionFailed, tagOf } from '../http/entity-tags.js';
import type { ObservedRequest } from '../http/observed-request.js';
import { sendTag } from '../http/send-tag.js';
import { CallCondition, conditionOfCall } from './call-condition.js';
import { ConditionalCall, CURRENT, type Current, TAGGED } from './conditional.js';

/** `ETag` on what is tagged, and `If-Match` on what changes it (contract, section 8; decision 36). */
export class ConditionalInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
    private readonly database: Database,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const condition = this.conditionOf(context);
    const answer = condition ? under(condition, next) : next.handle();
    if (!this.reflector.get<boolean | undefined>(TAGGED, context.getHandler())) return answer;
    return answer.pipe(mergeMap((body) => (body && sendTag(response, body as object) ? NEVER : of(body))));
  }

  /** Null when the route changes nothing, or the call does not make it depend on anything. */
  private conditionOf(context: ExecutionContext): CallCondition | null {
    const current = this.reflector.get<Current<unknown> | undefined>(CURRENT, context.getHandler());
    if (!current) return null;
    const request = context.switchToHttp().getRequest<ObservedRequest>();
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    if (ifMatch === undefined && ifNoneMatch === undefined) return null;
    const controller: unknown = this.modules.get(current.of, { strict: false });
    return new CallCondition(async () => {
      const tag = await this.database.readCommitted(() =>
        tagUnlessGone(() => current.shown(controller, new ConditionalCall(request))),
      );
      if (ifMatch !== undefined && !ifMatchHolds(ifMatch, tag)) throw preconditionFailed('If-Match');
      if (ifNoneMatch !== undefined && !ifNoneMatchHolds(ifNoneMatch, tag)) throw preconditionFailed('If-None-Match');
    });
  }
}

/** Runs the route under the condition. One that has found nothing to change has not asked for it yet. */
function under(condition: CallCondition, next: CallHandler): Observable<unknown> {
  const answer = new Observable((subscriber) =>
    conditionOfCall.run(condition, () => next.handle().subscribe(subscriber)),
  );
  return answer.pipe(
    mergeMap(async (body) => {
      await condition.require();
      return body;
    }),
  );
}

async function tagUnlessGone(shown: () => Promise<object | string>): Promise<string | null> {
  try {
    return tagOf(await shown());
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not_found') return null;
    throw error;
  }
}
