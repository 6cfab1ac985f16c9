import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import type { Account, OAuthGrantRepository } from '@portico/domain/identity';
import type { FirmId, Scope, UnitOfWork, UserId } from '@portico/domain/kernel';
import { InMemoryOAuthGrantRepository, InMemoryUnitOfWork } from '@portico/testing';
import { ForgetAuthorizations } from '../../src/identity/oauth/forget-authorizations.js';
import { OidcAdapter } from '../../src/identity/oauth/oidc-adapter.js';
import { SqlOAuthGrantRepository } from '../../src/identity/oauth/sql-oauth-grant-repository.js';
import { PrincipalQueries } from '../../src/identity/principal-queries.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const PASSWORD_HASH = '$argon2id$of-some-password';
const createdAt = new Date();
const later = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
const SCOPES: readonly Scope[] = ['FILES_WRITE', 'ENTITIES'];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

const sql = async (text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
  test.database.em.fork().execute(text, values as unknown[]);

/** A firm with a user and a client. */
async function firm(): Promise<{ account: Account; clientId: string }> {
  const [made] = await sql(`insert into firms (name, created_at) values ('Firm', now()) returning id`);
  const firmId = String(made?.['id']) as FirmId;
  const [user] = await sql(
    `insert into users (firm_id, email, name, password_hash, permissions, all_data_access, created_at)
     values (?, 'ann@example.test', 'Ann', ?, '{files_view}', false, now()) returning id`,
    [firmId, PASSWORD_HASH],
  );
  const [clientId, userId] = [randomUUID(), String(user?.['id']) as UserId];
  await sql(
    `insert into oauth_clients (client_id, firm_id, user_id, secret_hash, scopes, created_at)
     values (?, ?, ?, decode(?, 'hex'), '{FILES,ENTITIES}', now())`,
    [clientId, firmId, userId, 'ab'.repeat(32)],
  );
  return { account: { firmId, userId, passwordHash: PASSWORD_HASH, permissions: ['files_view'] }, clientId };
}

const onPostgreSql = (): [OAuthGrantRepository, UnitOfWork] => [
  new SqlOAuthGrantRepository(test.database),
  new MikroOrmUnitOfWork(test.database),
];

/** A grant that a user has given, and what finds out whose it is. */
async function given() {
  const [{ account, clientId }, [grants, unitOfWork]] = [await firm(), onPostgreSql()];
  const id = randomUUID();
  await unitOfWork.run(async () => {
    await grants.add({ id, clientId, account, createdAt, expiresAt: later(10) });
    await grants.give(id, { scopes: SCOPES, givenAt: createdAt, expiresAt: later(60) });
  });
  const principals = new PrincipalQueries(test.database);
  return {
    id,
    account,
    clientId,
    grants,
    unitOfWork,
    found: (client = clientId) => principals.findByOAuthGrant(id, client),
  };
}

describe.each<[string, () => [OAuthGrantRepository, UnitOfWork]]>([
  [
    'in memory',
    () => {
      const grants = new InMemoryOAuthGrantRepository();
      return [grants, new InMemoryUnitOfWork([grants])];
    },
  ],
  ['on PostgreSQL', onPostgreSql],
])('grants of users %s', (_name, make) => {
  async function bench() {
    const [[grants, unitOfWork], { account, clientId }] = [make(), await firm()];
    const inUnit = <T>(work: (it: OAuthGrantRepository) => Promise<T>) => unitOfWork.run(() => work(grants));
    const id = randomUUID();
    await inUnit((it) => it.add({ id, clientId, account, createdAt, expiresAt: later(10) }));
    const consent = { scopes: SCOPES, givenAt: later(1), expiresAt: later(100) };
    const { firmId, userId } = account;
    return { inUnit, id, consent, whole: { id, firmId, userId, clientId } };
  }

  it('are given once', async () => {
    const { inUnit, id, consent, whole } = await bench();
    expect(await inUnit((it) => it.give(id, consent))).toEqual(whole);
    expect(await inUnit((it) => it.give(id, consent))).toBeNull();
  });

  it('are not given when the time for it is over, when they have ended, or when there is none', async () => {
    const { inUnit, id, consent } = await bench();
    expect(await inUnit((it) => it.give(id, { ...consent, givenAt: later(10) }))).toBeNull();
    await inUnit((it) => it.end(id, later(2)));
    expect(await inUnit((it) => it.give(id, consent))).toBeNull();
    expect(await inUnit((it) => it.give(randomUUID(), consent))).toBeNull();
  });

  it('end once, given or not', async () => {
    const [waiting, ready] = [await bench(), await bench()];
    await ready.inUnit((it) => it.give(ready.id, ready.consent));
    for (const { inUnit, id, whole } of [waiting, ready]) {
      expect(await inUnit((it) => it.end(id, later(2)))).toEqual(whole);
      expect(await inUnit((it) => it.end(id, later(3)))).toBeNull();
    }
    expect(await ready.inUnit((it) => it.end(randomUUID(), later(2)))).toBeNull();
  });
});

describe('a grant on PostgreSQL', () => {
  it('names its user, with the scopes of the client and the permissions of today', async () => {
    const { id, account, found } = await given();
    expect(await found()).toMatchObject({
      ...{ firmId: account.firmId, userId: account.userId, permissions: new Set(['files_view']) },
      ...{ scopes: new Set(['FILES', 'ENTITIES']), credential: { kind: 'oauth_grant', id } },
    });
  });

  it('is never that of another client, nor of one of another firm', async () => {
    const { found } = await given();
    expect(await found((await firm()).clientId)).toBeNull();
    const [grants, unitOfWork] = onPostgreSql();
    const [here, there] = [await firm(), await firm()];
    const foreign = { id: randomUUID(), clientId: there.clientId, account: here.account, createdAt };
    await expect(unitOfWork.run(() => grants.add({ ...foreign, expiresAt: later(10) }))).rejects.toThrow(/foreign key/);
  });

  it.each<[string, (it: Awaited<ReturnType<typeof given>>) => Promise<unknown>]>([
    ['has ended', ({ grants, unitOfWork, id }) => unitOfWork.run(() => grants.end(id, later(2)))],
    [
      'is over',
      ({ id }) =>
        sql(
          `update oauth_grants set created_at = now() - interval '2 s', expires_at = now() - interval '1 s' where id = ?`,
          [id],
        ),
    ],
    ['is not given', ({ id }) => sql('update oauth_grants set given_at = null where id = ?', [id])],
    [
      'is of a client that is revoked',
      ({ clientId }) => sql('update oauth_clients set revoked_at = now() where client_id = ?', [clientId]),
    ],
    [
      'is of a user with another password',
      ({ account }) => sql(`update users set password_hash = 'x' where id = ?`, [account.userId]),
    ],
    [
      'is of a user without a password',
      ({ account }) => sql('update users set password_hash = null where id = ?', [account.userId]),
    ],
  ])('names nobody when it %s', async (_says, end) => {
    const it = await given();
    expect(await it.found()).not.toBeNull();
    await end(it);
    expect(await it.found()).toBeNull();
  });
});

describe('what the authorization server keeps', () => {
  const ended: string[] = [];
  const adapter = (kind = 'RefreshToken') =>
    new OidcAdapter(kind, test.database, new SecretKey(Buffer.alloc(32, 7)), (grantId) => {
      ended.push(grantId);
      return Promise.resolve();
    });

  it('is found under its id and its kind, and is nowhere to be read', async () => {
    const id = randomUUID();
    await adapter().upsert(id, { jti: id, kind: 'RefreshToken', grantId: 'g1', scope: 'FILES' }, 60);
    expect(await adapter().find(id)).toEqual({ jti: id, kind: 'RefreshToken', grantId: 'g1', scope: 'FILES' });
    expect(await adapter('AuthorizationCode').find(id)).toBeUndefined();
    const rows = await sql(`select count(*)::int n from oidc_payloads p where to_jsonb(p)::text like '%' || ? || '%'`, [
      id,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
    await adapter().destroy(id);
    expect(await adapter().find(id)).toBeUndefined();
  });

  it('is used once, by one of many at once; for the others the grant ends', async () => {
    const id = randomUUID();
    const grantId = randomUUID();
    await adapter().upsert(id, { jti: id, grantId }, 60);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => adapter().consume(id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ended.filter((one) => one === grantId)).toHaveLength(4);
    expect((await adapter().find(id))?.['consumed']).toEqual(expect.any(Number));
    await expect(adapter().consume(randomUUID())).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('goes with its grant', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await adapter().upsert(id, { jti: id, grantId: 'g2' }, 60);
    await adapter().upsert(other, { jti: other, grantId: 'g3' }, 60);
    await adapter().revokeByGrantId('g2');
    expect([await adapter().find(id), (await adapter().find(other))?.jti]).toEqual([undefined, other]);
  });

  it('is removed when it has expired, with the grants that have, and nothing else', async () => {
    const [{ id, found }, { id: past }] = [await given(), await given()];
    const [old, fresh] = [randomUUID(), randomUUID()];
    await adapter().upsert(old, { jti: old }, -60);
    await adapter().upsert(fresh, { jti: fresh }, 60);
    await sql(
      `update oauth_grants set created_at = now() - interval '2 s', expires_at = now() - interval '1 s' where id = ?`,
      [past],
    );
    expect(await adapter().find(old)).toBeUndefined();
    await new ForgetAuthorizations(test.database, pino({ level: 'silent' })).forget();
    const left = await sql(
      `select (select count(*)::int from oidc_payloads where expires_at < now()) payloads,
      (select count(*)::int from oauth_grants where id in (?, ?)) grants`,
      [id, past],
    );
    expect(left).toEqual([{ payloads: 0, grants: 1 }]);
    expect([(await adapter().find(fresh))?.jti, await found()]).toEqual([fresh, expect.anything()]);
  });
});
