import type { Adapter, AdapterPayload } from 'oidc-provider';
import { SCOPE_ALIASES } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';
import type { PrincipalQueries } from './principal-queries.js';

interface PayloadRow {
  payload: AdapterPayload;
  consumed_at: Date | null;
}

const ALIVE = '(expires_at is null or expires_at > now())';
const FIND = statement(`select payload, consumed_at from oidc_payloads where kind = $1 and id = $2 and ${ALIVE}`);
const FIND_UID = statement(`select payload, consumed_at from oidc_payloads where kind = $1 and uid = $2 and ${ALIVE}`);
const FIND_CODE = statement(
  `select payload, consumed_at from oidc_payloads where kind = $1 and user_code = $2 and ${ALIVE}`,
);
const UPSERT = statement(
  `insert into oidc_payloads (kind, id, payload, grant_id, user_code, uid, expires_at)
   values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
   on conflict (kind, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
     user_code = excluded.user_code, uid = excluded.uid, expires_at = excluded.expires_at`,
);
const CONSUME = statement('update oidc_payloads set consumed_at = now() where kind = $1 and id = $2');
const DESTROY = statement('delete from oidc_payloads where kind = $1 and id = $2');
const REVOKE = statement('delete from oidc_payloads where grant_id = $1');

/** What the authorization server remembers, in the database. */
export class OidcAdapter implements Adapter {
  constructor(
    private readonly kind: string,
    private readonly database: Database,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { grantId, userCode, uid } = payload;
    await this.database.query(UPSERT, [
      this.kind,
      id,
      payload,
      grantId ?? null,
      userCode ?? null,
      uid ?? null,
      expiresIn ?? null,
    ]);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.first(FIND, id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.first(FIND_UID, uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.first(FIND_CODE, userCode);
  }

  async consume(id: string): Promise<void> {
    await this.database.query(CONSUME, [this.kind, id]);
  }

  async destroy(id: string): Promise<void> {
    await this.database.query(DESTROY, [this.kind, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.database.query(REVOKE, [grantId]);
  }

  private async first(query: typeof FIND, key: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.database.query<PayloadRow>(query, [this.kind, key]);
    if (!row) return undefined;
    return row.consumed_at ? { ...row.payload, consumed: Math.floor(row.consumed_at.getTime() / 1000) } : row.payload;
  }
}

/** The clients are ours: made by the operator, kept with the other credentials, never changed by the server. */
export class OidcClientAdapter extends OidcAdapter {
  constructor(
    database: Database,
    private readonly principals: PrincipalQueries,
  ) {
    super('Client', database);
  }

  override async find(clientId: string): Promise<AdapterPayload | undefined> {
    const found = await this.principals.findByOAuthClient(clientId);
    if (!found) return undefined;
    const scopes = found.principal.scopes ?? new Set();
    const aliases = Object.entries(SCOPE_ALIASES).flatMap(([alias, scope]) => (scopes.has(scope) ? [alias] : []));
    return {
      client_id: clientId,
      client_secret: found.secretHash.toString('hex'),
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: [...scopes, ...aliases].join(' '),
    };
  }
}
