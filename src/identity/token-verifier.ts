import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { effectiveScopes, type Principal } from '@portico/domain/kernel';
import { accessErrors } from '../platform/access/access.errors.js';
import { AUDIENCE } from './authorization-server.js';
import type { PrincipalQueries } from './principal-queries.js';
import { SIGNING_ALGORITHM } from './signing-keys.js';

const CLOCK_TOLERANCE_SECONDS = 5;

/** Verifies our own access tokens (RFC 9068). */
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;

  constructor(
    private readonly issuer: string,
    signingKeys: readonly JWK[],
    private readonly principals: PrincipalQueries,
  ) {
    this.keys = createLocalJWKSet({ keys: signingKeys.map(({ d: _private, ...publicHalf }) => publicHalf) });
  }

  /**
   * Who the token names, and when it ends: the client must still stand, and the user's permissions are today's.
   * @throws DomainError `unauthenticated`
   */
  async verify(token: string): Promise<{ principal: Principal; expiresAt: Date }> {
    const payload = await this.payloadOf(token);
    const found =
      typeof payload.client_id === 'string' ? await this.principals.findByOAuthClient(payload.client_id) : null;
    const granted = found?.principal.scopes;
    if (!found || !granted || payload.firm_id !== found.principal.firmId || payload.user_id !== found.principal.userId)
      throw accessErrors.unauthenticated('The token is not valid any more');
    const scopes = [...effectiveScopes((payload.scope ?? '').split(' '))].filter((scope) => granted.has(scope));
    return {
      principal: { ...found.principal, scopes: new Set(scopes) },
      expiresAt: new Date((payload.exp ?? 0) * 1000),
    };
  }

  private async payloadOf(token: string) {
    try {
      const { payload } = await jwtVerify<{
        client_id?: unknown;
        firm_id?: unknown;
        user_id?: unknown;
        scope?: string;
      }>(token, this.keys, {
        issuer: this.issuer,
        audience: AUDIENCE,
        algorithms: [SIGNING_ALGORITHM],
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw accessErrors.unauthenticated('The token has expired');
      if (error instanceof errors.JOSEError) throw accessErrors.unauthenticated('The token is not valid');
      throw error;
    }
  }
}
