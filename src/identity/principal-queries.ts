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
  scopes: Scope[];
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
  `select c.secret_hash, c.scopes, ${USER}
   from oauth_clients c join users u on u.firm_id = c.firm_id and u.id = c.user_id
   where c.client_id = $1 and c.revoked_at is null`,
);
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
    const row = await this.find(API_KEY, key);
    if (!row) return null;
    const credential = { kind: 'api_key', id: key.toLowerCase() } as const;
    return { principal: { ...userOf(row), scopes: null, credential }, secretHash: row.secret_hash };
  }

  /** The user of an OAuth client with the scopes that the client was given, and the keyed hash of its secret. */
  async findByOAuthClient(clientId: string): Promise<{ principal: Principal; secretHash: Buffer } | null> {
    const row = await this.find(OAUTH_CLIENT, clientId);
    if (!row) return null;
    const credential = { kind: 'oauth_client', id: clientId.toLowerCase() } as const;
    return {
      principal: { ...userOf(row), scopes: effectiveScopes(row.scopes), credential },
      secretHash: row.secret_hash,
    };
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

  private async find(query: typeof API_KEY, id: string): Promise<PrincipalRow | null> {
    if (!isUuid(id)) return null;
    const rows = await this.database.query<PrincipalRow>(query, [id]);
    return rows[0] ?? null;
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
