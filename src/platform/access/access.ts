import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Actor, Permission, PortalActor, PortalRule, PortalUser, Scope } from '@portico/domain/kernel';
import type { ObservedRequest } from '../http/observed-request.js';

export const ACCESS = 'portico:access';

/** What a route needs: all of the permissions, and for a token all of the scopes. */
export interface AccessRule {
  readonly scopes: readonly Scope[];
  readonly permissions: readonly Permission[];
}

/** A route for users, for users who have signed in to the Back Office, for the portal, or for everybody. */
export type Access = AccessRule | { readonly backOffice: AccessRule } | { readonly portal: PortalRule } | 'public';

/**
 * Declares who may call a route; the guard enforces it, and the OpenAPI document shows it as the security requirement
 * (key and firm, or a token with these scopes) and as `x-permissions`.
 */
export function RequireAccess(rule: AccessRule): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, rule),
    ApiSecurity({ apiKey: [], firm: [] }),
    ApiSecurity('oauth2', [...rule.scopes]),
    ApiExtension('x-permissions', [...rule.permissions]),
  );
}

/**
 * Declares that a route needs a session of the Back Office, and which permissions beside `back_office`; the guard
 * enforces it, and the OpenAPI document shows it as the security requirement and as `x-permissions`.
 */
export function RequireBackOffice({ permissions = [] }: { permissions?: readonly Permission[] } = {}): MethodDecorator {
  const needed: readonly Permission[] = ['back_office', ...permissions];
  const access: Access = { backOffice: { scopes: [], permissions: needed } };
  return applyDecorators(SetMetadata(ACCESS, access), ApiSecurity('session'), ApiExtension('x-permissions', needed));
}

/** Declares that a route needs no credentials. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, 'public');

/** Who calls, as the guard found. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ObservedRequest>();
  if (!actor) throw new Error('a route with @CurrentActor() must declare @RequireAccess() or @RequireBackOffice()');
  return actor;
});

/** For whom the portal worker calls, as the guard found. */
export const CurrentPortalActor = createParamDecorator((_data: unknown, context: ExecutionContext): PortalActor => {
  const { portalActor } = context.switchToHttp().getRequest<ObservedRequest>();
  if (!portalActor) throw new Error('a route with @CurrentPortalActor() must be a route of the portal');
  return portalActor;
});

/** The same, of routes that are about one contact. */
export const CurrentPortalUser = createParamDecorator((_data: unknown, context: ExecutionContext): PortalUser => {
  const { portalActor } = context.switchToHttp().getRequest<ObservedRequest>();
  if (!portalActor || portalActor.contactId === null)
    throw new Error('a route with @CurrentPortalUser() must be a route of the portal that needs a user');
  return { ...portalActor, contactId: portalActor.contactId };
});
