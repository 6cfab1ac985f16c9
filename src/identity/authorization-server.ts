import { timingSafeEqual } from 'node:crypto';
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Logger } from 'pino';
import { SCOPE_ALIASES, SCOPES } from '@portico/domain/kernel';
import type { SecretKey } from '../platform/config/secret-key.js';
import type { Database } from '../platform/database/database.js';
import { isUnavailable } from '../platform/database/database-errors.js';
import { OidcAdapter, OidcClientAdapter } from './oidc-adapter.js';
import type { PrincipalQueries } from './principal-queries.js';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.js';

/** The audience of our access tokens. */
export const AUDIENCE = 'urn:portico:api';
const HOUR = 3600;
const ALL_SCOPES = [...SCOPES, ...Object.keys(SCOPE_ALIASES)];

/** Where the authorization server answers. */
const ROUTES = { authorization: '/oauth2/authorize', token: '/oauth2/token', jwks: '/oauth2/jwks' };

/** Access tokens are JWTs for our API and nothing else; without a `scope`, with all that the client was given. */
const resourceIndicators = {
  enabled: true,
  defaultResource: () => AUDIENCE,
  useGrantedResource: () => true,
  getResourceServerInfo(ctx: KoaContextWithOIDC, resource: string, client: { scope?: string }) {
    if (resource !== AUDIENCE) throw new errors.InvalidTarget();
    const { params } = ctx.oidc;
    if (params && !params['scope'])
      params['scope'] = (client.scope ?? '')
        .split(' ')
        .filter((scope) => !(scope in SCOPE_ALIASES))
        .join(' ');
    return {
      scope: ALL_SCOPES.join(' '),
      audience: AUDIENCE,
      accessTokenTTL: HOUR,
      accessTokenFormat: 'jwt' as const,
      jwt: { sign: { alg: SIGNING_ALGORITHM } as const },
    };
  },
};

/** The OAuth 2 authorization server (contract, section 2): `oidc-provider` on our keys and our clients. */
export async function createAuthorizationServer(
  issuer: string,
  keys: SigningKeys,
  database: Database,
  principals: PrincipalQueries,
  secretKey: SecretKey,
  logger: Logger,
): Promise<Provider> {
  const configuration: Configuration = {
    adapter: (kind) =>
      kind === 'Client' ? new OidcClientAdapter(database, principals) : new OidcAdapter(kind, database),
    jwks: { keys: await keys.signingKeys() },
    cookies: { keys: await keys.cookieKeys() },
    scopes: ALL_SCOPES,
    responseTypes: [],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
    routes: ROUTES,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators,
    },
    ttl: { ClientCredentials: HOUR },
    findAccount: () => undefined,
    async extraTokenClaims(_ctx, token) {
      const client = token.clientId ? await principals.findByOAuthClient(token.clientId) : null;
      return client ? { firm_id: client.principal.firmId, user_id: client.principal.userId } : undefined;
    },
    renderError(ctx, out) {
      ctx.type = 'application/json';
      ctx.body = out;
    },
  };
  const provider = new Provider(issuer, configuration);
  compareHashes(provider, secretKey);
  provider.on('server_error', (ctx, error) => tellServerError(ctx, error, logger));
  return provider;
}

/** A database that does not answer is 503 here too. */
function tellServerError(ctx: KoaContextWithOIDC, error: Error, logger: Logger): void {
  if (!isUnavailable(error)) {
    logger.error({ err: error }, 'the authorization server failed');
    return;
  }
  logger.warn({ reason: String(error) }, 'the authorization server has no database for now');
  ctx.status = 503;
  ctx.set('Retry-After', '1');
  ctx.body = {
    error: 'temporarily_unavailable',
    error_description: 'The database does not answer; try again in a moment',
  };
}

/** What we keep and hand to the server is the keyed hash of a client's secret, so hashes are what is compared. */
function compareHashes(provider: Provider, secretKey: SecretKey): void {
  const prototype = provider.Client.prototype as {
    compareClientSecret(actual: string): boolean;
    clientSecret?: string;
  };
  prototype.compareClientSecret = function (actual) {
    const kept = Buffer.from(this.clientSecret ?? '', 'hex');
    const given = secretKey.hash(actual);
    return kept.length === given.length && timingSafeEqual(kept, given);
  };
}
