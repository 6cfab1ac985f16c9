import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { DomainError, type Principal } from '@portico/domain/kernel';
import type { ObservedRequest } from '../http/observed-request.js';
import { ACCESS, type Access, type AccessRule } from './access.js';
import { accessErrors } from './access.errors.js';
import type { Authenticator } from './authenticator.js';
import type { CallLimiter } from './call-limiter.js';

/** May this caller use this route? Who they are, how often they call, what they may do. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly limiter: CallLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<ObservedRequest>();
    const response = http.getResponse<Response>();
    if (!access) throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no access`);
    const principal = await this.identify(request, response);
    request.actor = {
      ...principal,
      origin: { requestId: request.requestId, address: request.socket.remoteAddress ?? null },
    };
    await this.limiter.count(principal.credential, response);
    requireRule(principal, access);
    return true;
  }

  private async identify(request: ObservedRequest, response: Response): Promise<Principal> {
    const { authorization } = request.headers;
    const firm = request.headers['addepar-firm'];
    try {
      return await this.authenticator.authenticate({
        authorization,
        firm: typeof firm === 'string' ? firm : undefined,
      });
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') challenge(response, authorization);
      throw error;
    }
  }
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
function challenge(response: Response, authorization: string | undefined): void {
  const basic = 'Basic realm="Portico", charset="UTF-8"';
  const bearer = 'Bearer realm="Portico"';
  const scheme = authorization?.split(' ', 1)[0]?.toLowerCase();
  if (scheme === 'bearer') response.setHeader('WWW-Authenticate', `${bearer}, error="invalid_token"`);
  else response.setHeader('WWW-Authenticate', scheme === 'basic' ? basic : [basic, bearer]);
}
