import { timingSafeEqual } from 'node:crypto';
import Provider, {
  type Adapter,
  type Configuration,
  type ErrorOut,
  errors,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Logger } from 'pino';
import { SCOPE_ALIASES, SCOPES } from '@portico/domain/kernel';
import { API_AUDIENCE } from '../../platform/config/issuer-config.js';
import type { SecretKey } from '../../platform/config/secret-key.js';
import { isUnavailable } from '../../platform/database/database-errors.js';
import { PAGE_HEADERS } from '../interactions/page.js';
import { failurePage } from '../interactions/pages.js';
import type { PrincipalQueries } from '../principal-queries.js';
import { OPENID_SCOPES } from './scopes.js';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const ALL_SCOPES = [...SCOPES, ...Object.keys(SCOPE_ALIASES)];

/** Where the authorization server answers. */
const ROUTES = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  revocation: '/oauth2/revoke',
  jwks: '/oauth2/jwks',
};
/** Where a person signs in and consents; these pages are ours. */
export const INTERACTIONS = '/oauth2/interactions';
/** Where a person, not a program, is told what is wrong. */
const PAGES: readonly unknown[] = ['authorization', 'resume'];

const SESSION_COOKIE = '_session';

/** For how many seconds each thing is good. A grant is our own, and ends by itself. */
const LIFETIMES = {
  AccessToken: HOUR,
  ClientCredentials: HOUR,
  IdToken: HOUR,
  AuthorizationCode: 60,
  Interaction: 600,
  Session: 600,
  Grant: 90 * DAY,
  RefreshToken: 30 * DAY,
};

/** Access tokens are JWTs for our API and nothing else; without a `scope`, with all that the client was given. */
const resourceIndicators = {
  enabled: true,
  defaultResource: () => API_AUDIENCE,
  useGrantedResource: () => true,
  getResourceServerInfo(ctx: KoaContextWithOIDC, resource: string, client: { scope?: string }) {
    if (resource !== API_AUDIENCE) throw new errors.InvalidTarget();
    const { params } = ctx.oidc;
    if (params && !params['scope'])
      params['scope'] = (client.scope ?? '')
        .split(' ')
        .filter((scope) => (SCOPES as readonly string[]).includes(scope))
        .join(' ');
    return {
      scope: ALL_SCOPES.join(' '),
      audience: API_AUDIENCE,
      accessTokenTTL: HOUR,
      accessTokenFormat: 'jwt' as const,
      jwt: { sign: { alg: SIGNING_ALGORITHM } as const },
    };
  },
};

/** What the authorization server stands on. */
export interface AuthorizationServerParts {
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly adapterOf: (kind: string) => Adapter;
  readonly principals: PrincipalQueries;
  readonly secretKey: SecretKey;
  readonly logger: Logger;
}

/** The OAuth 2 authorization server (contract, section 2): `oidc-provider` on our keys, clients and grants. */
export async function createAuthorizationServer(parts: AuthorizationServerParts): Promise<Provider> {
  const { issuer, keys, adapterOf, principals, secretKey, logger } = parts;
  const configuration: Configuration = {
    ...PEOPLE,
    adapter: adapterOf,
    jwks: { keys: await keys.signingKeys() },
    cookies: { keys: await keys.cookieKeys(), names: { session: SESSION_COOKIE } },
    scopes: [...ALL_SCOPES, ...OPENID_SCOPES],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
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
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators,
    },
    ttl: LIFETIMES,
    async extraTokenClaims(_ctx, token) {
      const client = token.clientId ? await principals.findByOAuthClient(token.clientId) : null;
      if (!client) return undefined;
      const { firmId, userId } = client.principal;
      if (token.kind !== 'AccessToken') return { firm_id: firmId, user_id: userId };
      return { firm_id: firmId, user_id: token.accountId, grant_id: token.grantId };
    },
    renderError,
  };
  const provider = new Provider(issuer, configuration);
  provider.proxy = true; // whoever hands it requests says how they came
  keepNoSession(provider);
  compareHashes(provider, secretKey);
  provider.on('server_error', (ctx, error) => tellServerError(ctx, error, logger));
  return provider;
}

/** How people let a client act for them: each time they sign in and consent, and a code is good with its verifier alone. */
const PEOPLE: Configuration = {
  pkce: { required: () => true },
  interactions: { url: (_ctx, { uid }) => `${INTERACTIONS}/${uid}` },
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  expiresWithSession: () => false,
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }), // its grant says if it stands
};

/** What nobody keeps needs no name in the browser. */
function keepNoSession(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const cookies = [ctx.response.headers['set-cookie'] ?? []].flat();
    const others = cookies.filter(
      (cookie) => !cookie.startsWith(`${SESSION_COOKIE}=`) && !cookie.startsWith(`${SESSION_COOKIE}.`),
    );
    if (others.length < cookies.length) ctx.remove('Set-Cookie');
    if (others.length > 0) ctx.set('Set-Cookie', others);
  });
}

/** A page for a person, JSON for a program. */
function renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): void {
  if (!PAGES.includes(ctx.oidc.route)) {
    ctx.type = 'application/json';
    ctx.body = out;
    return;
  }
  ctx.set(PAGE_HEADERS);
  ctx.body = failurePage(ctx.get('Accept-Language'), error instanceof errors.SessionNotFound ? null : out);
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
