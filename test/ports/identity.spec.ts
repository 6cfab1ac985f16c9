import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialRepository, type FirmRepository, User, type UserRepository } from '@portico/domain/identity';
import type { EntityId, FirmId, UnitOfWork, UserId } from '@portico/domain/kernel';
import {
  InMemoryCredentialRepository,
  InMemoryFirmRepository,
  InMemoryUnitOfWork,
  InMemoryUserRepository,
} from '@portico/testing';
import { MikroOrmCredentialRepository } from '../../src/identity/mikro-orm-credential-repository.js';
import { MikroOrmFirmRepository } from '../../src/identity/mikro-orm-firm-repository.js';
import { MikroOrmUserRepository } from '../../src/identity/mikro-orm-user-repository.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Identity {
  firms: FirmRepository;
  users: UserRepository;
  credentials: CredentialRepository;
  unitOfWork: UnitOfWork;
}

const createdAt = new Date('2026-01-02T03:04:05.678Z');
const hash = 'ab'.repeat(32);
const user = (firmId: FirmId, email: string) =>
  new User({
    firmId,
    email,
    name: 'Ann',
    passwordHash: null,
    permissions: ['files_view'],
    allDataAccess: false,
    createdAt,
  });
const nothing = { entityIds: [], groupIds: [] };

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the identity repositories %s', (_name, make) => {
  const identity = { current: null as Identity | null };
  const the = () => (identity.current ??= make());
  const inUnit = <T>(work: (it: Identity) => Promise<T>) => the().unitOfWork.run(() => work(the()));
  const aFirm = () => inUnit(({ firms }) => firms.add({ id: null, name: 'Firm', createdAt }));

  it('know whether there is any firm', async () => {
    expect(await inUnit(({ firms }) => firms.isAny())).toBe(false);
    const id = await aFirm();
    expect(await inUnit(({ firms }) => firms.isAny())).toBe(true);
    expect(await inUnit(({ firms }) => firms.exists(id))).toBe(true);
    expect(await inUnit(({ firms }) => firms.exists('404' as FirmId))).toBe(false);
  });

  it('give a firm the id that was asked for once, and later ones higher ids', async () => {
    const id = '700' as FirmId;
    expect(await inUnit(({ firms }) => firms.add({ id, name: 'Firm', createdAt }))).toBe(id);
    await expect(inUnit(({ firms }) => firms.add({ id, name: 'Firm', createdAt }))).rejects.toMatchObject({
      code: 'firm_id_taken',
    });
    expect(await aFirm()).toBe('701');
  });

  it('find a user by address in their own firm only', async () => {
    const [firm, other] = [await aFirm(), await aFirm()];
    const ann = user(firm, 'ann@example.test');
    await inUnit(({ users }) => users.add(ann, nothing));
    expect(await inUnit(({ users }) => users.findIdByEmail(firm, 'ANN@example.test'))).toBe(ann.id);
    expect(await inUnit(({ users }) => users.findIdByEmail(other, 'ann@example.test'))).toBeNull();
  });

  it('refuse an address twice in a firm', async () => {
    const firm = await aFirm();
    await inUnit(({ users }) => users.add(user(firm, 'ann@example.test'), nothing));
    const again = inUnit(({ users }) => users.add(user(firm, 'ann@example.test'), nothing));
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'email_taken' });
  });

  it('take back everything when the unit of work fails', async () => {
    const failure = inUnit(async ({ firms, users }) => {
      const firm = await firms.add({ id: '800' as FirmId, name: 'Firm', createdAt });
      await users.add(user(firm, 'ann@example.test'), nothing);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await inUnit(({ firms }) => firms.exists('800' as FirmId))).toBe(false);
  });

  it('revoke each kind of credential once and tell its firm', async () => {
    const firmId = await aFirm();
    const ann = user(firmId, 'ann@example.test');
    await inUnit(({ users }) => users.add(ann, nothing));
    const [key, id, clientId] = [randomUUID(), randomUUID(), randomUUID()];
    const userId: UserId = ann.id;
    await inUnit(async ({ credentials }) => {
      await credentials.addApiKey({ key, firmId, userId, name: 'k', secretHash: hash, createdAt });
      await credentials.addPortalToken({ id, firmId, name: 't', tokenHash: hash, createdAt });
      const client = { clientId, firmId, userId, name: null, secretHash: hash, scopes: ['FILES'] as const, createdAt };
      await credentials.addOAuthClient({ ...client, redirectUris: [] });
    });
    const revoke = (kind: 'api_key' | 'portal_token' | 'oauth_client', which: string) =>
      inUnit(({ credentials }) => credentials.revoke(kind, which, createdAt));
    expect(await revoke('portal_token', key)).toBeNull();
    expect(await revoke('api_key', 'no uuid')).toBeNull();
    expect(await revoke('api_key', key)).toBe(firmId);
    expect(await revoke('api_key', key)).toBeNull();
    expect(await revoke('oauth_client', clientId)).toBe(firmId);
    expect(await revoke('portal_token', id)).toBe(firmId);
    expect(await inUnit(({ credentials }) => credentials.listPortalTokens(firmId))).toEqual([
      { id, firmId, name: 't', createdAt, revokedAt: createdAt },
    ]);
    expect(await inUnit(({ credentials }) => credentials.listPortalTokens('404' as FirmId))).toEqual([]);
  });

  it('refuse an API key twice', async () => {
    const firmId = await aFirm();
    const ann = user(firmId, 'ann@example.test');
    await inUnit(({ users }) => users.add(ann, nothing));
    const key = { key: randomUUID(), firmId, userId: ann.id, name: 'k', secretHash: hash, createdAt };
    await inUnit(({ credentials }) => credentials.addApiKey(key));
    await expect(inUnit(({ credentials }) => credentials.addApiKey(key))).rejects.toMatchObject({
      code: 'api_key_taken',
    });
  });
});

describe('the user repository on PostgreSQL', () => {
  it('permits only entities of the user’s own firm', async () => {
    const { users, firms, unitOfWork } = onPostgreSql();
    const { em } = test.database;
    await unitOfWork.run(async () => {
      const [firm, other] = [
        await firms.add({ id: null, name: 'Firm', createdAt }),
        await firms.add({ id: null, name: 'Other', createdAt }),
      ];
      const [entity] = await em.execute<{ id: EntityId }[]>(
        `insert into entities (firm_id, original_name, model_type, created_at, modified_at)
         values (?, 'Smith', 'PERSON_NODE', now(), now()) returning id`,
        [other],
      );
      const entityIds = [String(entity?.id) as EntityId];
      await expect(users.add(user(firm, 'ann@example.test'), { entityIds, groupIds: [] })).rejects.toMatchObject({
        code: 'unknown_entities',
      });
    });
  });

  it('refuses a user of a firm that does not exist', async () => {
    const { users, unitOfWork } = onPostgreSql();
    await expect(unitOfWork.run(() => users.add(user('404' as FirmId, 'a@b.c'), nothing))).rejects.toMatchObject({
      code: 'firm_not_found',
    });
  });
});

function inMemory(): Identity {
  const [firms, users] = [new InMemoryFirmRepository(), new InMemoryUserRepository()];
  const credentials = new InMemoryCredentialRepository();
  return { firms, users, credentials, unitOfWork: new InMemoryUnitOfWork([firms, users, credentials]) };
}

function onPostgreSql(): Identity {
  const { database } = test;
  return {
    firms: new MikroOrmFirmRepository(database),
    users: new MikroOrmUserRepository(database),
    credentials: new MikroOrmCredentialRepository(database),
    unitOfWork: new MikroOrmUnitOfWork(database),
  };
}
