import { type Consent, type OAuthGrant, OAuthGrantRepository, type RequestedGrant } from '@portico/domain/identity';
import type { FirmId, UserId } from '@portico/domain/kernel';
import type { Database } from '../../platform/database/database.js';

interface GrantRow {
  id: string;
  firm_id: string;
  user_id: string;
  client_id: string;
}

export class SqlOAuthGrantRepository extends OAuthGrantRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add({ id, clientId, account, createdAt, expiresAt }: RequestedGrant): Promise<void> {
    const { firmId, userId, passwordHash } = account;
    await this.database.em.execute(
      `insert into oauth_grants (id, firm_id, client_id, user_id, password_mark, created_at, expires_at)
       values (?, ?, ?, ?, sha256(convert_to(?, 'UTF8')), ?, ?)`,
      [id, firmId, clientId, userId, passwordHash, createdAt, expiresAt],
    );
  }

  async give(id: string, { scopes, givenAt, expiresAt }: Consent): Promise<OAuthGrant | null> {
    return this.changed(
      `update oauth_grants set given_at = ?, expires_at = ?, scopes = ?::text[]
       where id = ? and given_at is null and revoked_at is null and expires_at > ?`,
      [givenAt, expiresAt, `{${scopes.join(',')}}`, id, givenAt],
    );
  }

  async end(id: string, now: Date): Promise<OAuthGrant | null> {
    return this.changed('update oauth_grants set revoked_at = ? where id = ? and revoked_at is null', [now, id]);
  }

  private async changed(update: string, values: readonly unknown[]): Promise<OAuthGrant | null> {
    const rows: GrantRow[] = await this.database.em.execute(
      `${update} returning id, firm_id, user_id, client_id`,
      values as unknown[],
    );
    const [row] = rows;
    if (!row) return null;
    const owner = { firmId: String(row.firm_id) as FirmId, userId: String(row.user_id) as UserId };
    return { id: row.id, ...owner, clientId: row.client_id };
  }
}
