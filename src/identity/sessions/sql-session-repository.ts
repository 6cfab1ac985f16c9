import { type Account, type KeptTokens, type PresentedToken, SessionRepository } from '@portico/domain/identity';
import type { FirmId, Permission, UserId } from '@portico/domain/kernel';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { standsOnPassword } from './session.sql.js';

/** How many sessions that ended one sign-in removes. */
const SWEPT = 100;

interface AccountRow {
  firmId: FirmId;
  userId: UserId;
  passwordHash: string;
  permissions: Permission[];
}

interface PresentedRow {
  sessionId: string;
  firmId: string;
  userId: string;
  passwordHash: string | null;
  permissions: string;
  wasUsed: boolean;
  isGood: boolean;
}

const ACCOUNTS = statement(`
  select firm_id as "firmId", id as "userId", password_hash as "passwordHash", permissions from users
    where email = $1 and password_hash is not null and firm_id = coalesce($2, firm_id)
    order by firm_id limit $3`);

/** Sessions that nobody else is just using. */
const SWEEP = `delete from sessions where id in
  (select id from sessions where expires_at < ? order by expires_at limit ${SWEPT} for update skip locked)`;

const PRESENT = `select s.id as "sessionId", s.firm_id as "firmId", s.user_id as "userId",
    u.password_hash as "passwordHash", array_to_string(u.permissions, ',') as permissions,
    t.used_at is not null as "wasUsed",
    s.revoked_at is null and t.expires_at > ? and ${standsOnPassword('s', 'u')} as "isGood"
  from session_tokens t join sessions s on s.id = t.session_id
    join users u on u.firm_id = s.firm_id and u.id = s.user_id
  where t.token_hash = decode(?, 'hex') and t.kind = 'refresh' for update of s, t`;

export class SqlSessionRepository extends SessionRepository {
  constructor(private readonly database: Database) {
    super();
  }

  accounts(email: string, firmId: FirmId | null, most: number): Promise<Account[]> {
    return this.database.query<AccountRow>(ACCOUNTS, [email, firmId, most]);
  }

  async open({ id, account, tokens }: { id: string; account: Account; tokens: KeptTokens }): Promise<void> {
    const { createdAt, expiresAt } = tokens.refresh;
    await this.database.em.execute(SWEEP, [createdAt]);
    await this.database.em.execute(
      `insert into sessions (id, firm_id, user_id, password_mark, created_at, expires_at)
       values (?, ?, ?, sha256(convert_to(?, 'UTF8')), ?, ?)`,
      [id, account.firmId, account.userId, account.passwordHash, createdAt, expiresAt],
    );
    await this.add(id, tokens);
  }

  async present(refreshTokenHash: string, now: Date): Promise<PresentedToken | null> {
    const { em } = this.database;
    const rows: PresentedRow[] = await em.execute(PRESENT, [now, refreshTokenHash]);
    const [row] = rows;
    if (!row) return null;
    await em.execute(`update session_tokens set used_at = ? where token_hash = decode(?, 'hex') and used_at is null`, [
      now,
      refreshTokenHash,
    ]);
    const { sessionId, wasUsed, isGood } = row;
    const permissions = row.permissions.split(',').filter((name) => name !== '') as Permission[];
    const owner = { firmId: String(row.firmId) as FirmId, userId: String(row.userId) as UserId };
    return { sessionId, wasUsed, isGood, account: { ...owner, passwordHash: row.passwordHash ?? '', permissions } };
  }

  async prolong(id: string, tokens: KeptTokens): Promise<void> {
    const { createdAt, expiresAt } = tokens.refresh;
    await this.database.em.execute('delete from session_tokens where session_id = ? and expires_at < ?', [
      id,
      createdAt,
    ]);
    await this.database.em.execute('update sessions set expires_at = ? where id = ?', [expiresAt, id]);
    await this.add(id, tokens);
  }

  async end(id: string, now: Date): Promise<void> {
    await this.database.em.execute('update sessions set revoked_at = ? where id = ? and revoked_at is null', [now, id]);
  }

  private async add(id: string, { access, refresh }: KeptTokens): Promise<void> {
    await this.database.em.execute(
      `insert into session_tokens (token_hash, session_id, kind, created_at, expires_at)
       values (decode(?, 'hex'), ?, 'access', ?, ?), (decode(?, 'hex'), ?, 'refresh', ?, ?)`,
      [
        ...[access.hash, id, access.createdAt, access.expiresAt],
        ...[refresh.hash, id, refresh.createdAt, refresh.expiresAt],
      ],
    );
  }
}
