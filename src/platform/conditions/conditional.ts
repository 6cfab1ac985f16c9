import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Actor, PortalActor, PortalUser } from '@portico/domain/kernel';
import type { ObservedRequest } from '../http/observed-request.js';

export const TAGGED = 'portico:tagged';
export const CURRENT = 'portico:current';
/** How routes tell the OpenAPI documents of it; the documents say it in their own words. */
export const X_TAGGED = 'x-tagged';
export const X_CONDITIONAL = 'x-conditional';

/** A call, as the condition on what it changes looks at it. */
export class ConditionalCall {
  constructor(private readonly request: ObservedRequest) {}

  get actor(): Actor {
    return present(this.request.actor);
  }

  get portalActor(): PortalActor {
    return present(this.request.portalActor);
  }

  get portalUser(): PortalUser {
    const { portalActor } = this;
    return { ...portalActor, contactId: present(portalActor.contactId) };
  }

  /** What stands in the path; the route has checked it already. */
  id<Id extends string>(name = 'id'): Id {
    return String(this.request.params[name]) as Id;
  }
}

/** What the GET of a resource shows now. */
export interface Current<C> {
  /** The controller of that GET. */
  readonly of: Type<C>;
  /**
   * Its answer, or the JSON of it. Reads through `Database.query` alone, which shows what is committed.
   * @throws DomainError of the kind `not_found` when there is nothing to see
   */
  readonly shown: (controller: C, call: ConditionalCall) => Promise<object | string>;
}

/**
 * The answer is what is shown of one resource, and bears its `ETag` (contract, section 8); a GET or HEAD is answered with
 * 304 when the caller has it already. An answer that is not what the GET shows has its tag from `setTag`.
 */
export const Tagged = (): MethodDecorator => applyDecorators(SetMetadata(TAGGED, true), ApiExtension(X_TAGGED, true));

/**
 * The route changes a resource, and honours `If-Match`: the change is made when what the GET of the resource shows has
 * one of the tags, else refused with `precondition_failed`.
 */
export const Conditional = <C>(of: Type<C>, shown: Current<C>['shown']): MethodDecorator =>
  applyDecorators(SetMetadata(CURRENT, { of, shown }), ApiExtension(X_CONDITIONAL, true));

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the condition is about another caller than the route');
  return value;
}
