import {
  CredentialRepository,
  identityErrors,
  type NewApiKey,
  type NewOAuthClient,
  type NewPortalToken,
  type PortalTokenListItem,
} from '@portico/domain/identity';
import { type FirmId, isUuid } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

const TABLES = {
  api_key: { table: 'api_keys', id: 'key' },
  portal_token: { table: 'portal_tokens', id: 'id' },
  oauth_client: { table: 'oauth_clients', id: 'client_id' },
} as const;

export class MikroOrmCredentialRepository extends CredentialRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async addApiKey(key: NewApiKey): Promise<void> {
    try {
      await this.database.em.execute(
        `insert into api_keys (key, firm_id, user_id, name, secret_hash, created_at)
         values (?, ?, ?, ?, decode(?, 'hex'), ?)`,
        [key.key, key.firmId, key.userId, key.name, key.secretHash, key.createdAt],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'api_keys_pkey') throw identityErrors.keyTaken(key.key);
      throw error;
    }
  }

  async addPortalToken(token: NewPortalToken): Promise<void> {
    await this.database.em.execute(
      `insert into portal_tokens (id, firm_id, name, token_hash, created_at) values (?, ?, ?, decode(?, 'hex'), ?)`,
      [token.id, token.firmId, token.name, token.tokenHash, token.createdAt],
    );
  }

  async addOAuthClient(client: NewOAuthClient): Promise<void> {
    const { clientId, firmId, userId, name, secretHash, scopes, redirectUris, createdAt } = client;
    await this.database.em.execute(
      `insert into oauth_clients (client_id, firm_id, user_id, name, secret_hash, scopes, redirect_uris, created_at)
       values (?, ?, ?, ?, decode(?, 'hex'), ?::text[], array(select jsonb_array_elements_text(?::jsonb)), ?)`,
      [
        ...[clientId, firmId, userId, name, secretHash],
        ...[`{${scopes.join(',')}}`, JSON.stringify(redirectUris), createdAt],
      ],
    );
  }

  async revoke(kind: keyof typeof TABLES, id: string, now: Date): Promise<FirmId | null> {
    if (!isUuid(id)) return null;
    const { table, id: column } = TABLES[kind];
    const rows: { firm_id: string }[] = await this.database.em.execute(
      `update ${table} set revoked_at = ? where ${column} = ? and revoked_at is null returning firm_id`,
      [now, id],
    );
    return rows[0] ? (String(rows[0].firm_id) as FirmId) : null;
  }

  async listPortalTokens(firmId: FirmId | null): Promise<readonly PortalTokenListItem[]> {
    const rows: {
      id: string;
      firm_id: string;
      name: string;
      created_at: string | Date;
      revoked_at: string | Date | null;
    }[] = await this.database.em.execute(
      'select id, firm_id, name, created_at, revoked_at from portal_tokens where firm_id = coalesce(?, firm_id) order by created_at, id',
      [firmId],
    );
    return rows.map((row) => ({
      id: row.id,
      firmId: String(row.firm_id) as FirmId,
      name: row.name,
      createdAt: new Date(row.created_at),
      revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
    }));
  }
}
