import { errors, type JWTPayload, jwtVerify } from 'jose';
import { effectiveScopes, emailAddress, type FirmId, InvalidField, isId } from '@portico/domain/kernel';
import { accessErrors } from '../../platform/access/access.errors.js';
import type { IssuerConfig } from '../../platform/config/issuer-config.js';
import type { PrincipalQueries } from '../principal-queries.js';
import { TokenVerifier, type VerifiedToken } from '../token-verifier.js';
import type { IssuedKeys } from './issuer-keys.js';

/** With public keys only: a token can't be signed with what everybody may read. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** RFC 9068, and what the others write. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * Verifies the access tokens of an outside issuer (contract, section 2): its claims `firm_id` and `email` name one of our
 * users, `scope` or `scp` the scopes. What the user may do is ours to say.
 */
export class OutsideTokenVerifier extends TokenVerifier {
  constructor(
    private readonly issuer: IssuerConfig,
    private readonly keyFor: IssuedKeys,
    private readonly principals: PrincipalQueries,
  ) {
    super();
  }

  async verify(token: string): Promise<VerifiedToken> {
    const payload = await this.payloadOf(token);
    const { firmId, email } = namedIn(payload);
    const user = await this.principals.findByEmail(firmId, email);
    if (!user) throw accessErrors.unauthenticated('The token names nobody here');
    const credential = { kind: 'outside_token', id: `${user.userId} ${clientIn(payload)}` } as const;
    return {
      principal: { ...user, scopes: effectiveScopes(scopesIn(payload)), credential },
      expiresAt: new Date((payload.exp ?? 0) * 1000),
    };
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keyFor, {
        issuer: this.issuer.url,
        audience: this.issuer.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp'],
      });
      if (!TYPES.includes(String(protectedHeader.typ).toLowerCase()))
        throw accessErrors.unauthenticated('The token is not an access token');
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw accessErrors.unauthenticated('The token has expired');
      if (error instanceof errors.JOSEError) throw accessErrors.unauthenticated('The token is not valid');
      throw error;
    }
  }
}

/** @throws DomainError `unauthenticated` */
function namedIn(payload: JWTPayload): { firmId: FirmId; email: string } {
  const { firm_id: firm, email, email_verified: verified } = payload;
  const firmId = typeof firm === 'number' ? String(firm) : firm;
  if (typeof firmId !== 'string' || !isId(firmId)) throw accessErrors.unauthenticated('The token has no claim firm_id');
  if (typeof email !== 'string') throw accessErrors.unauthenticated('The token has no claim email');
  if (verified === false || verified === 'false')
    throw accessErrors.unauthenticated('The issuer has not verified the address in the token');
  try {
    return { firmId: firmId as FirmId, email: emailAddress(email) };
  } catch (error) {
    if (error instanceof InvalidField) throw accessErrors.unauthenticated('The token has no claim email');
    throw error;
  }
}

/** `scope` is a list with spaces (RFC 8693, section 4.2); some issuers say `scp`, as such a list or as an array. */
function scopesIn({ scope, scp }: JWTPayload): string[] {
  return [scope, scp].flatMap((claim) => {
    if (typeof claim === 'string') return claim.split(' ');
    return Array.isArray(claim) ? claim.filter((name): name is string => typeof name === 'string') : [];
  });
}

/** The program that holds the token, as the history names it. */
function clientIn({ client_id: client, azp }: JWTPayload): string {
  const name = client ?? azp;
  return typeof name === 'string' ? name.slice(0, 200) : '-';
}
