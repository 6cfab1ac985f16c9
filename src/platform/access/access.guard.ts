import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { DomainError, type PortalRule, type PortalWorker, type Principal } from '@portico/domain/kernel';
import type { ObservedRequest } from '../http/observed-request.js';
import { addressOf } from '../http/caller-address.js';
import { ACCESS, type Access, type AccessRule } from './access.js';
import { accessErrors } from './access.errors.js';
import type { AddressLimiter } from './address-limiter.js';
import { type Authenticator, type Caller, isUser } from './authenticator.js';
import type { CallLimiter } from './call-limiter.js';
import type { PortalDoor } from './portal-door.js';

const BASIC = 'Basic realm="Portico", charset="UTF-8"';
const BEARER = 'Bearer realm="Portico"';

interface Exchange {
  readonly request: ObservedRequest;
  readonly response: Response;
  /** How a caller may identify here. */
  readonly schemes: readonly string[];
}

/** May this caller use this route? Who they are, how often they call, what they may do. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly limiter: CallLimiter,
    private readonly door: PortalDoor,
    private readonly addresses: AddressLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ObservedRequest>(), http.getResponse<Response>()];
    if (!access) throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no access`);
    if ('portal' in access) await this.admitToPortal({ request, response, schemes: [BEARER] }, access.portal);
    else if ('backOffice' in access)
      await this.admitUser({ request, response, schemes: [BEARER] }, access.backOffice, requireSession);
    else await this.admitUser({ request, response, schemes: [BASIC, BEARER] }, access, refuseSession);
    return true;
  }

  private async admitUser(
    exchange: Exchange,
    rule: AccessRule,
    accept: (user: Principal | null) => Principal,
  ): Promise<void> {
    const { request, response } = exchange;
    const user = await this.identify(exchange, (caller) => accept(isUser(caller) ? caller : null));
    request.actor = { ...user, origin: originOf(request) };
    await this.limiter.count(user.credential, response);
    requireRule(user, rule);
  }

  private async admitToPortal(exchange: Exchange, rule: PortalRule): Promise<void> {
    const { request, response } = exchange;
    const caller = await this.identify(exchange, (found) => {
      if (isUser(found) && !found.scopes) throw accessErrors.onlyForThePortal();
      return found;
    });
    await this.limiter.count(caller.credential, response);
    const call = { headers: request.headers, origin: originOf(request) };
    request.portalActor = await this.door.enter(portalWorker(caller), call, rule);
  }

  /** Who calls, if `accept` takes them. A refusal says in its headers which credentials would be taken. */
  private async identify<T extends Caller>(
    { request, response, schemes }: Exchange,
    accept: (caller: Caller) => T,
  ): Promise<T> {
    const { authorization } = request.headers;
    const firm = request.headers['addepar-firm'];
    try {
      const credentials = { authorization, firm: typeof firm === 'string' ? firm : undefined };
      return accept(await this.authenticator.authenticate(credentials));
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') {
        if (authorization !== undefined) await this.addresses.failed(addressOf(request), response);
        challenge(response, schemes, authorization);
      }
      throw error;
    }
  }
}

const originOf = (request: ObservedRequest) => ({ requestId: request.requestId, address: addressOf(request) });

/** Routes of the Back Office are for sessions. @throws DomainError `unauthenticated` */
function requireSession(user: Principal | null): Principal {
  if (user?.credential.kind !== 'session') throw accessErrors.onlyForSessions();
  return user;
}

/** All other routes for users are for keys and tokens. @throws DomainError `unauthenticated` */
function refuseSession(user: Principal | null): Principal {
  if (!user) throw accessErrors.notForPortalTokens();
  if (user.credential.kind === 'session') throw accessErrors.notForSessions();
  return user;
}

/** @throws DomainError `missing_scope` for a user's token that is not meant for the portal */
function portalWorker(caller: Caller): PortalWorker {
  if (isUser(caller) && !caller.scopes?.has('PORTAL')) throw accessErrors.missingScope('PORTAL');
  return { firmId: caller.firmId, credential: caller.credential };
}

/** @throws DomainError `missing_scope`, `missing_permission` */
function requireRule(principal: Principal, rule: AccessRule): void {
  if (principal.scopes)
    for (const scope of rule.scopes) if (!principal.scopes.has(scope)) throw accessErrors.missingScope(scope);
  if (principal.credential.kind === 'api_key' && !principal.permissions.has('api_access'))
    throw accessErrors.missingPermission('api_access');
  for (const permission of rule.permissions)
    if (!principal.permissions.has(permission)) throw accessErrors.missingPermission(permission);
}

/** RFC 9110, section 11.6.1: a 401 says what would be accepted. */
function challenge(response: Response, schemes: readonly string[], authorization: string | undefined): void {
  const tried = authorization?.split(' ', 1)[0]?.toLowerCase();
  if (tried === 'bearer') response.setHeader('WWW-Authenticate', `${BEARER}, error="invalid_token"`);
  else response.setHeader('WWW-Authenticate', tried === 'basic' && schemes.includes(BASIC) ? BASIC : [...schemes]);
}
