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

interface PrincipalRow {
  secret_hash: Buffer;
  firm_id: FirmId;
  user_id: UserId;
  permissions: Permission[];
  all_data_access: boolean;
  scopes: Scope[];
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

  private async find(query: typeof API_KEY, id: string): Promise<PrincipalRow | null> {
    if (!isUuid(id)) return null;
    const rows = await this.database.query<PrincipalRow>(query, [id]);
    return rows[0] ?? null;
  }
}

function userOf(row: PrincipalRow): Omit<Principal, 'scopes' | 'credential'> {
  return {
    firmId: row.firm_id,
    userId: row.user_id,
    permissions: effectivePermissions(row.permissions),
    allDataAccess: row.all_data_access || row.permissions.includes('firm_admin'),
  };
}
