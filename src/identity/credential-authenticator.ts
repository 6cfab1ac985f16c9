import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '@portico/domain/kernel';
import { accessErrors } from '../platform/access/access.errors.js';
import { Authenticator, type Caller, type Credentials } from '../platform/access/authenticator.js';
import type { SecretKey } from '../platform/config/secret-key.js';
import { CredentialCache, type Remembered } from './credential-cache.js';
import type { PrincipalQueries } from './principal-queries.js';
import type { TokenVerifier } from './token-verifier.js';

const NOBODY = Buffer.alloc(32);

/**
 * API keys with Basic and a firm header; OAuth tokens, sessions of the Back Office and portal tokens with Bearer
 * (contract, section 2, "Credentials").
 */
export class CredentialAuthenticator extends Authenticator {
  constructor(
    private readonly cache: CredentialCache,
    private readonly principals: PrincipalQueries,
    private readonly tokens: TokenVerifier,
    private readonly secretKey: SecretKey,
    private readonly clock: Clock,
  ) {
    super();
  }

  authenticate({ authorization, firm }: Credentials): Promise<Caller> | Caller {
    if (authorization === undefined) throw accessErrors.unauthenticated('Credentials are missing');
    const key = CredentialCache.key(authorization, firm === undefined ? 'no firm' : `firm ${firm}`);
    const known = this.cache.get(key);
    if (known) return known;
    const [scheme, value] = split(authorization);
    if (scheme === 'basic') return this.cache.load(key, () => this.byApiKey(value, firm));
    if (scheme === 'bearer')
      return this.cache.load(key, () => (isJwt(value) ? this.byToken(value, firm) : this.byOpaqueToken(value, firm)));
    throw accessErrors.unauthenticated('The Authorization header must be Basic or Bearer');
  }

  private async byApiKey(encoded: string, firm: string | undefined): Promise<Remembered> {
    const [apiKey, secret] = split(Buffer.from(encoded, 'base64').toString('utf8'), ':', false);
    const found = await this.principals.findByApiKey(apiKey);
    const same = timingSafeEqual(this.secretKey.hash(secret), found?.secretHash ?? NOBODY);
    if (!found || !same) throw accessErrors.unauthenticated('The API key or its secret is wrong');
    if (firm === undefined) throw accessErrors.unauthenticated('The header Addepar-Firm is missing');
    requireFirm(found.principal, firm);
    return { caller: found.principal };
  }

  private async byToken(token: string, firm: string | undefined): Promise<Remembered> {
    const { principal, expiresAt } = await this.tokens.verify(token);
    if (firm !== undefined) requireFirm(principal, firm);
    return { caller: principal, maxAgeMs: expiresAt.getTime() - this.clock.now().getTime() };
  }

  private async byOpaqueToken(token: string, firm: string | undefined): Promise<Remembered> {
    const hash = this.secretKey.hash(token);
    const session = await this.principals.findByAccessToken(hash);
    const caller = session?.principal ?? (await this.principals.findByPortalToken(hash));
    if (!caller) throw accessErrors.unauthenticated('The token is not valid');
    if (firm !== undefined) requireFirm(caller, firm);
    if (!session) return { caller };
    const maxAgeMs = session.expiresAt.getTime() - this.clock.now().getTime();
    if (maxAgeMs <= 0) throw accessErrors.unauthenticated('The token has expired');
    return { caller, maxAgeMs };
  }
}

/** Whether it has the form of an OAuth token: a signed JSON object (RFC 7515, section 3.1); if not, it is opaque. */
const isJwt = (token: string): boolean => /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token);

function requireFirm(caller: Caller, firm: string): void {
  if (firm.trim() !== caller.firmId)
    throw accessErrors.unauthenticated('The header Addepar-Firm does not name the firm of these credentials');
}

function split(text: string, separator = ' ', lowerCase = true): [string, string] {
  const at = text.indexOf(separator);
  const [head, tail] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return [lowerCase ? head.toLowerCase() : head, tail.trim()];
}
