import {
  effectivePermissions,
  effectiveScopes,
  type FirmId,
  isUuid,
  type Permission,
  type PortalWorker,
  type Principal,
  type Scope,
  type UserId,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';
import { standsOnPassword } from './sessions/session.sql.js';

interface UserRow {
  firm_id: FirmId;
  user_id: UserId;
  permissions: Permission[];
  all_data_access: boolean;
}

interface PrincipalRow extends UserRow {
  secret_hash: Buffer;
}

interface ClientRow extends UserRow {
  secret_hash: Buffer | null;
  scopes: Scope[];
  redirect_uris: string[];
}

interface GrantRow extends UserRow {
  scopes: Scope[];
}

/** A client as the operator made it. */
export interface OAuthClient {
  /** The user for whom it gets tokens in its own name, with all the scopes that it was given. */
  readonly principal: Principal;
  /** The keyed hash of its secret; null for a public client. */
  readonly secretHash: Buffer | null;
  readonly redirectUris: readonly string[];
}

interface SessionRow extends UserRow {
  id: string;
  expires_at: Date;
}

const USER = 'u.firm_id, u.id as user_id, u.permissions, u.all_data_access';
const API_KEY = statement(
  `select k.secret_hash, ${USER} from api_keys k join users u on u.firm_id = k.firm_id and u.id = k.user_id
   where k.key = $1 and k.revoked_at is null`,
);
const OAUTH_CLIENT = statement(
  `select c.secret_hash, c.scopes, c.redirect_uris, ${USER}
   from oauth_clients c join users u on u.firm_id = c.firm_id and u.id = c.user_id
   where c.client_id = $1 and c.revoked_at is null`,
);
const OAUTH_GRANT = statement(
  `select c.scopes, ${USER}
   from oauth_grants g join oauth_clients c on c.firm_id = g.firm_id and c.client_id = g.client_id
     join users u on u.firm_id = g.firm_id and u.id = g.user_id
   where g.id = $1 and g.client_id = $2 and g.given_at is not null and g.revoked_at is null and g.expires_at > now()
     and c.revoked_at is null and ${standsOnPassword('g', 'u')}`,
);
const OUTSIDE_USER = statement(`select ${USER} from users u where u.firm_id = $1 and u.email = $2`);
const ACCESS_TOKEN = statement(
  `select s.id, t.expires_at, ${USER}
   from session_tokens t join sessions s on s.id = t.session_id
     join users u on u.firm_id = s.firm_id and u.id = s.user_id
   where t.token_hash = $1 and t.kind = 'access' and s.revoked_at is null and ${standsOnPassword('s', 'u')}`,
);
const PORTAL_TOKEN = statement('select id, firm_id from portal_tokens where token_hash = $1 and revoked_at is null');

/** Who stands behind a credential that is not revoked. */
export class PrincipalQueries {
  constructor(private readonly database: Database) {}

  /** The user of an API key, and the keyed hash of its secret. */
  async findByApiKey(key: string): Promise<{ principal: Principal; secretHash: Buffer } | null> {
    const row = await this.find<PrincipalRow>(API_KEY, key);
    if (!row) return null;
    const credential = { kind: 'api_key', id: key.toLowerCase() } as const;
    return { principal: { ...userOf(row), scopes: null, credential }, secretHash: row.secret_hash };
  }

  /** An OAuth client that is not revoked. */
  async findByOAuthClient(clientId: string): Promise<OAuthClient | null> {
    const row = await this.find<ClientRow>(OAUTH_CLIENT, clientId);
    if (!row) return null;
    const credential = { kind: 'oauth_client', id: clientId.toLowerCase() } as const;
    return {
      principal: { ...userOf(row), scopes: effectiveScopes(row.scopes), credential },
      secretHash: row.secret_hash,
      redirectUris: row.redirect_uris,
    };
  }

  /**
   * The user who lets a client act in their name, with the scopes that the client was given. The grant, the client and
   * the password of the sign-in must still stand.
   */
  async findByOAuthGrant(grantId: string, clientId: string): Promise<Principal | null> {
    if (!isUuid(grantId) || !isUuid(clientId)) return null;
    const [row] = await this.database.query<GrantRow>(OAUTH_GRANT, [grantId, clientId]);
    if (!row) return null;
    const credential = { kind: 'oauth_grant', id: grantId.toLowerCase() } as const;
    return { ...userOf(row), scopes: effectiveScopes(row.scopes), credential };
  }

  /** The user of a firm with this address, in lower case, as somebody else vouches for them. */
  async findByEmail(firmId: FirmId, email: string): Promise<Omit<Principal, 'scopes' | 'credential'> | null> {
    const [row] = await this.database.query<UserRow>(OUTSIDE_USER, [firmId, email]);
    return row ? userOf(row) : null;
  }

  /** The portal worker of a firm, by the keyed hash of its token: what is looked up is no secret. */
  async findByPortalToken(tokenHash: Buffer): Promise<PortalWorker | null> {
    const [row] = await this.database.query<{ id: string; firm_id: FirmId }>(PORTAL_TOKEN, [tokenHash]);
    return row ? { firmId: row.firm_id, credential: { kind: 'portal_token', id: row.id } } : null;
  }

  /** The user of a session of the Back Office that stands, by the keyed hash of its access token, and when that ends. */
  async findByAccessToken(tokenHash: Buffer): Promise<{ principal: Principal; expiresAt: Date } | null> {
    const [row] = await this.database.query<SessionRow>(ACCESS_TOKEN, [tokenHash]);
    if (!row) return null;
    const credential = { kind: 'session', id: row.id } as const;
    return { principal: { ...userOf(row), scopes: null, credential }, expiresAt: row.expires_at };
  }

  private async find<Row extends UserRow>(query: typeof API_KEY, id: string): Promise<Row | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.query<Row>(query, [id]);
    return row ?? null;
  }
}

function userOf(row: UserRow): Omit<Principal, 'scopes' | 'credential'> {
  return {
    firmId: row.firm_id,
    userId: row.user_id,
    permissions: effectivePermissions(row.permissions),
    allDataAccess: row.all_data_access || row.permissions.includes('firm_admin'),
  };
}
