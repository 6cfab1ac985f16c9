import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account, KeptTokens, SessionRepository, SignInFailures } from '@portico/domain/identity';
import type { FirmId, UnitOfWork, UserId } from '@portico/domain/kernel';
import { InMemorySessionRepository, InMemorySignInFailures, InMemoryUnitOfWork } from '@portico/testing';
import { PrincipalQueries } from '../../src/identity/principal-queries.js';
import { SqlSessionRepository } from '../../src/identity/sessions/sql-session-repository.js';
import { SqlSignInFailures } from '../../src/identity/sessions/sql-sign-in-failures.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aFirm } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  sessions: SessionRepository;
  failures: SignInFailures;
  unitOfWork: UnitOfWork;
  firm: () => Promise<FirmId>;
  /** A user who can sign in. */
  person: (firmId: FirmId, email: string) => Promise<Account>;
  setPassword: (account: Account, passwordHash: string | null) => Promise<void>;
}

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

function inMemory(): Adapters {
  const sessions = new InMemorySessionRepository();
  let count = 0;
  return {
    sessions,
    failures: new InMemorySignInFailures(),
    unitOfWork: new InMemoryUnitOfWork([sessions]),
    firm: () => Promise.resolve(String(++count) as FirmId),
    person: (firmId, email) => {
      const account: Account = {
        firmId,
        userId: String(++count) as UserId,
        passwordHash: 'hash',
        permissions: ['back_office'],
      };
      sessions.people.push({ email, account });
      return Promise.resolve(account);
    },
    setPassword: ({ userId }, passwordHash) => {
      for (const one of sessions.people)
        if (one.account.userId === userId) one.account = { ...one.account, passwordHash: passwordHash ?? '' };
      return Promise.resolve();
    },
  };
}

function onPostgreSql(): Adapters {
  const { database } = test;
  const run = (text: string, values: unknown[]) => database.em.fork().execute<{ id: string }[]>(text, values);
  return {
    sessions: new SqlSessionRepository(database),
    failures: new SqlSignInFailures(database),
    unitOfWork: new MikroOrmUnitOfWork(database),
    firm: () => aFirm(database),
    person: async (firmId, email) => {
      const [row] = await run(
        `insert into users (firm_id, email, name, password_hash, permissions, all_data_access, created_at)
         values (?, ?, 'User', 'hash', '{back_office}', false, now()) returning id`,
        [firmId, email],
      );
      const userId = String(row?.id) as UserId;
      return { firmId, userId, passwordHash: 'hash', permissions: ['back_office'] };
    },
    setPassword: async ({ userId }, passwordHash) => {
      await run('update users set password_hash = ? where id = ?', [passwordHash, userId]);
    },
  };
}

const now = new Date('2026-01-02T03:04:05.678Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const tokens = (): KeptTokens => ({
  access: { hash: randomBytes(32).toString('hex'), createdAt: now, expiresAt: later(3600) },
  refresh: { hash: randomBytes(32).toString('hex'), createdAt: now, expiresAt: later(86_400) },
});
const address = () => `${randomUUID()}@example.test`;

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the SessionRepository %s', (_name, make) => {
  const made = { current: null as Adapters | null };
  const the = () => (made.current ??= make());
  const inUnit = <T>(work: (sessions: SessionRepository) => Promise<T>) =>
    the().unitOfWork.run(() => work(the().sessions));
  const opened = async () => {
    const account = await the().person(await the().firm(), address());
    const session = { id: randomUUID(), account, tokens: tokens() };
    await inUnit((sessions) => sessions.open(session));
    return session;
  };
  const present = (hash: string, at = later(1)) => inUnit((sessions) => sessions.present(hash, at));

  it('knows who can sign in with an address, of one firm or of all', async () => {
    const [one, other] = [await the().firm(), await the().firm()];
    const email = address();
    const [first, second] = [await the().person(one, email), await the().person(other, email)];
    const { sessions } = the();
    expect(await sessions.accounts(email, null, 5)).toEqual([first, second]);
    expect(await sessions.accounts(email, other, 5)).toEqual([second]);
    expect(await sessions.accounts(email, null, 1)).toHaveLength(1);
    expect(await sessions.accounts(address(), null, 5)).toEqual([]);
  });

  it('takes a refresh token once, and knows it again', async () => {
    const { id, account, tokens: kept } = await opened();
    const whole = { sessionId: id, account, isGood: true };
    expect(await present(kept.refresh.hash)).toEqual({ ...whole, wasUsed: false });
    expect(await present(kept.refresh.hash)).toEqual({ ...whole, wasUsed: true });
    expect(await present(kept.access.hash)).toBeNull();
    expect(await present(randomBytes(32).toString('hex'))).toBeNull();
  });

  it('prolongs a session with further tokens', async () => {
    const { id, account } = await opened();
    const next = tokens();
    await inUnit((sessions) => sessions.prolong(id, next));
    expect(await present(next.refresh.hash)).toEqual({ sessionId: id, account, isGood: true, wasUsed: false });
  });

  it('knows that a token has expired, and that a session has ended', async () => {
    const { id, tokens: kept } = await opened();
    expect((await present(kept.refresh.hash, later(86_400)))?.isGood).toBe(false);
    await inUnit((sessions) => sessions.end(id, later(2)));
    await inUnit((sessions) => sessions.end(id, later(3)));
    expect((await present(kept.refresh.hash))?.isGood).toBe(false);
  });

  it('ends a session with the password on which it stands', async () => {
    const { account, tokens: kept } = await opened();
    await the().setPassword(account, 'another hash');
    expect((await present(kept.refresh.hash))?.isGood).toBe(false);
  });
});

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the SignInFailures %s', (_name, make) => {
  const failures = { current: null as SignInFailures | null };
  const the = () => (failures.current ??= make().failures);

  it('blocks an address for a minute when the fifth failure comes within one', async () => {
    const [email, other] = [address(), address()];
    for (let second = 0; second < 4; second++) expect(await the().count(email, later(second))).toBe(true);
    expect(await the().blockedUntil(email, later(4))).toBeNull();
    expect(await the().count(email, later(5))).toBe(true);
    expect(await the().blockedUntil(email, later(6))).toEqual(later(65));
    expect(await the().count(email, later(7))).toBe(false);
    expect(await the().blockedUntil(other, later(6))).toBeNull();
    expect(await the().blockedUntil(email, later(65))).toBeNull();
    expect(await the().count(email, later(70))).toBe(true);
  });

  it('forgets what was more than a minute ago', async () => {
    const email = address();
    for (let times = 0; times < 8; times++) await the().count(email, later(times * 20));
    expect(await the().blockedUntil(email, later(141))).toBeNull();
  });
});

describe('on PostgreSQL', () => {
  it('counts right when many fail at once', async () => {
    const failures = new SqlSignInFailures(test.database);
    const email = address();
    const counted = await Promise.all(Array.from({ length: 20 }, () => failures.count(email, now)));
    expect(counted.filter(Boolean)).toHaveLength(5);
  });

  it('keeps no address longer than it matters', async () => {
    const failures = new SqlSignInFailures(test.database);
    for (let times = 0; times < 30; times++) await failures.count(address(), now);
    for (let times = 0; times < 10; times++) await failures.count(address(), later(3600 + times));
    const [row] = await test.database.em.fork().execute<{ count: string }[]>('select count(*) from sign_in_failures');
    expect(Number(row?.count)).toBeLessThanOrEqual(11);
  });

  it('removes sessions that have ended when others are opened', async () => {
    const { sessions, unitOfWork, person, firm } = onPostgreSql();
    const account = await person(await firm(), address());
    const open = (kept: KeptTokens) => unitOfWork.run(() => sessions.open({ id: randomUUID(), account, tokens: kept }));
    await open(tokens());
    const young = tokens();
    const moved = (token: KeptTokens['access']) => ({ ...token, createdAt: later(90_000), expiresAt: later(180_000) });
    await open({ access: moved(young.access), refresh: moved(young.refresh) });
    const rows = await test.database.em
      .fork()
      .execute<{ count: string }[]>('select count(*) from sessions where user_id = ?', [account.userId]);
    expect(Number(rows[0]?.count)).toBe(1);
  });

  it('tells who stands behind an access token, while the session stands', async () => {
    const { sessions, unitOfWork, person, firm, setPassword } = onPostgreSql();
    const principals = new PrincipalQueries(test.database);
    const account = await person(await firm(), address());
    const session = { id: randomUUID(), account, tokens: tokens() };
    await unitOfWork.run(() => sessions.open(session));
    const find = (hash: string) => principals.findByAccessToken(Buffer.from(hash, 'hex'));
    const { access, refresh } = session.tokens;
    expect(await find(access.hash)).toMatchObject({
      principal: {
        ...{ firmId: account.firmId, userId: account.userId },
        credential: { kind: 'session', id: session.id },
      },
      expiresAt: access.expiresAt,
    });
    expect(await find(refresh.hash)).toBeNull();
    await setPassword(account, 'another hash');
    expect(await find(access.hash)).toBeNull();
    await setPassword(account, 'hash');
    await unitOfWork.run(() => sessions.end(session.id, now));
    expect(await find(access.hash)).toBeNull();
  });
});
