import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { effectiveScopes, type Principal } from '@portico/domain/kernel';
import { accessErrors } from '../../platform/access/access.errors.js';
import { API_AUDIENCE } from '../../platform/config/issuer-config.js';
import type { PrincipalQueries } from '../principal-queries.js';
import { TokenVerifier, type VerifiedToken } from '../token-verifier.js';
import { SIGNING_ALGORITHM } from './signing-keys.js';

const CLOCK_TOLERANCE_SECONDS = 5;

interface Claims {
  readonly client_id?: unknown;
  /** Of a token that stands on a user's consent. */
  readonly grant_id?: unknown;
  readonly firm_id?: unknown;
  readonly user_id?: unknown;
  readonly scope?: string;
}

/** Verifies our own access tokens (RFC 9068). */
export class OwnTokenVerifier extends TokenVerifier {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;

  constructor(
    private readonly issuer: string,
    signingKeys: readonly JWK[],
    private readonly principals: PrincipalQueries,
  ) {
    super();
    this.keys = createLocalJWKSet({ keys: signingKeys.map(({ d: _private, ...publicHalf }) => publicHalf) });
  }

  /**
   * The client must still stand, and the grant where the token is for a user who gave one.
   * @throws DomainError `unauthenticated`
   */
  async verify(token: string): Promise<VerifiedToken> {
    const payload = await this.payloadOf(token);
    const found = await this.find(payload);
    const granted = found?.scopes;
    if (!found || !granted || payload.firm_id !== found.firmId || payload.user_id !== found.userId)
      throw accessErrors.unauthenticated('The token is not valid any more');
    const scopes = [...effectiveScopes((payload.scope ?? '').split(' '))].filter((scope) => granted.has(scope));
    return {
      principal: { ...found, scopes: new Set(scopes) },
      expiresAt: new Date((payload.exp ?? 0) * 1000),
    };
  }

  private async find({ client_id: clientId, grant_id: grantId }: Claims): Promise<Principal | null> {
    if (typeof clientId !== 'string') return null;
    if (typeof grantId === 'string') return this.principals.findByOAuthGrant(grantId, clientId);
    const client = await this.principals.findByOAuthClient(clientId);
    return client?.principal ?? null;
  }

  private async payloadOf(token: string) {
    try {
      const { payload } = await jwtVerify<Claims>(token, this.keys, {
        issuer: this.issuer,
        audience: API_AUDIENCE,
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
