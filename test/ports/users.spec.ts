import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataAccess, type NewUser, type UserQueries, type UserRepository } from '@portico/domain/identity';
import type { Actor, EntityId, FirmId, GroupId, UnitOfWork, UserId } from '@portico/domain/kernel';
import { aMember, anActor, InMemoryDataAccess, InMemoryUnitOfWork, InMemoryUserRepository } from '@portico/testing';
import { MikroOrmUserRepository } from '../../src/identity/mikro-orm-user-repository.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import { SqlUserQueries } from '../../src/identity/sql-user-queries.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { directoryInMemory, directoryInRows, type PermittedDirectory } from '../support/permitted-data.js';
import { aFirm, anEntity, aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { isOneWaiting } from '../support/waiting.js';
import { until } from '../support/until.js';

interface Adapters {
  users: UserRepository;
  access: DataAccess;
  directory: PermittedDirectory;
  unitOfWork: UnitOfWork;
}

const NOTHING = { entityIds: [], groupIds: [] };
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let somebody: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy: somebody } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());

let count = 0;
const address = () => `user-${++count}@example.test`;

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the UserRepository %s', (_name, make) => {
  const made = { current: null as Adapters | null };
  const the = () => (made.current ??= make());
  const inUnit = <T>(work: (users: UserRepository) => Promise<T>) => the().unitOfWork.run(() => work(the().users));
  const added = async (changes: Partial<NewUser> = {}, permitted = NOTHING) => {
    const user = aMember({ firmId, email: address(), ...changes });
    await inUnit((users) => users.add(user, permitted));
    return user;
  };

  it('gives a user an id and keeps every field', async () => {
    const user = await added({
      firstName: 'Ann',
      lastName: 'Größe',
      externalUserId: 'A1',
      passwordHash: '$argon2id$…',
      permissions: ['users_manage', 'files_view'],
      allDataAccess: true,
      createdAt: new Date('2026-01-02T03:04:05.678Z'),
    });
    expect(user.id).toMatch(/^[1-9]\d*$/);
    expect({ ...(await inUnit((users) => users.find(firmId, user.id))) }).toEqual({ ...user });
  });

  it('writes what was changed inside the unit of work, and nothing of one that fails', async () => {
    const { id } = await added();
    const now = new Date('2026-02-03T04:05:06.000Z');
    await inUnit(async (users) => (await users.find(firmId, id))?.edit({ name: 'Eve' }, now));
    const failure = inUnit(async (users) => {
      (await users.find(firmId, id))?.edit({ name: 'Mallory' }, new Date());
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    const user = await inUnit((users) => users.find(firmId, id));
    expect(user).toMatchObject({ name: 'Eve', modifiedAt: now });
  });

  it('never finds another firm’s user, nor permits anything to one', async () => {
    const entity = await the().directory.entity(firmId);
    const { id } = await added({}, { ...NOTHING, entityIds: [entity] as never[] });
    expect(await inUnit((users) => users.find(otherFirm, id))).toBeNull();
    expect(await inUnit((users) => users.permittedTo(otherFirm, id))).toEqual(NOTHING);
    expect(await inUnit((users) => users.find(firmId, '999999' as UserId))).toBeNull();
  });

  it('refuses an address and an external id twice in a firm, for new and for changed users', async () => {
    const { email } = await added({ externalUserId: 'X1' });
    const { id } = await added({ externalUserId: 'X2' });
    await added({ firmId: otherFirm, email, externalUserId: 'X1' });
    const change = (profile: object) =>
      inUnit(async (users) => {
        const user = await users.find(firmId, id);
        user?.edit(profile, new Date());
        if (user) await users.requireUnique(user);
      });
    for (const attempt of [() => added({ email }), () => change({ email })])
      await expect(attempt()).rejects.toMatchObject({ kind: 'conflict', code: 'email_taken' });
    for (const attempt of [() => added({ externalUserId: 'X1' }), () => change({ externalUserId: 'X1' })])
      await expect(attempt()).rejects.toMatchObject({ kind: 'conflict', code: 'external_user_id_taken' });
    expect(await inUnit((users) => users.find(firmId, id))).toMatchObject({ externalUserId: 'X2' });
  });

  it('permits and withdraws data, each once, ascending', async () => {
    const { directory } = the();
    const [one, two, three] = [
      await directory.entity(firmId),
      await directory.entity(firmId),
      await directory.entity(firmId),
    ];
    const group = await directory.group(firmId);
    const { id } = await added({}, { ...NOTHING, entityIds: [two] as never[] });
    await inUnit((users) => users.permit(firmId, id, { entityIds: [three, one, two], groupIds: [group] }));
    expect(await inUnit((users) => users.permittedTo(firmId, id))).toEqual({
      entityIds: [one, two, three],
      groupIds: [group],
    });
    await inUnit((users) => users.withdraw(firmId, id, { entityIds: [two], groupIds: [group] }));
    await inUnit((users) => users.withdraw(firmId, id, { entityIds: [two], groupIds: [] }));
    expect(await inUnit((users) => users.permittedTo(firmId, id))).toEqual({ entityIds: [one, three], groupIds: [] });
  });

  it('names the data that the firm has not', async () => {
    const { directory } = the();
    const [own, foreign] = [await directory.entity(firmId), await directory.entity(otherFirm)];
    const { id } = await added();
    const huge = '9999999999999999999' as EntityId;
    await expect(
      inUnit((users) => users.permit(firmId, id, { entityIds: [own, foreign, huge], groupIds: [] })),
    ).rejects.toMatchObject({ code: 'unknown_entities', ids: [foreign, huge] });
    await expect(
      inUnit((users) => users.permit(firmId, id, { entityIds: [], groupIds: ['999999' as GroupId] })),
    ).rejects.toMatchObject({ code: 'unknown_groups', ids: ['999999'] });
  });

  it('counts the administrators of the firm beside one', async () => {
    const { id } = await added({ permissions: ['firm_admin'] });
    const before = await inUnit((users) => users.countOtherAdministrators(firmId, id));
    const other = await added({ permissions: ['users_manage', 'firm_admin'] });
    await added({ firmId: otherFirm, permissions: ['firm_admin'] });
    expect(await inUnit((users) => users.countOtherAdministrators(firmId, id))).toBe(before + 1);
    expect(await inUnit((users) => users.countOtherAdministrators(firmId, other.id))).toBe(before + 1);
  });
});

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the DataAccess %s', (_name, make) => {
  it('names what is out of the actor’s reach, in the order given', async () => {
    const { access, directory, unitOfWork } = make();
    const [mine, other] = [await directory.entity(firmId, somebody), await directory.entity(firmId)];
    const [myGroup, otherGroup] = [await directory.group(firmId, somebody), await directory.group(firmId)];
    const foreign = await directory.entity(otherFirm, ...[]);
    const restricted = anActor({ firmId, userId: somebody, allDataAccess: false });
    const asked = ['9999999999999999999', foreign, other, mine, '999999'];
    const outOfReach = (actor: Actor, of: 'entities' | 'groups', ids: string[]) =>
      unitOfWork.run(() => access.outOfReach(actor, of, ids));
    expect(await outOfReach(restricted, 'entities', asked)).toEqual(asked.filter((id) => id !== mine));
    expect(await outOfReach(restricted, 'groups', [otherGroup, myGroup])).toEqual([otherGroup]);
    expect(await outOfReach(anActor({ firmId }), 'entities', asked)).toEqual([asked[0], foreign, '999999']);
    expect(await outOfReach(anActor({ firmId: otherFirm }), 'groups', [myGroup, otherGroup])).toHaveLength(2);
    expect(await outOfReach(restricted, 'entities', [])).toEqual([]);
  });
});

describe('the DataAccess on PostgreSQL', () => {
  it('reaches the members of a permitted group', async () => {
    const { access, directory, unitOfWork } = onPostgreSql();
    const [member, group] = [await directory.entity(firmId), await directory.group(firmId, somebody)];
    const actor = anActor({ firmId, userId: somebody, allDataAccess: false });
    const ask = () => unitOfWork.run(() => access.outOfReach(actor, 'entities', [member]));
    expect(await ask()).toEqual([member]);
    await link(test.database, 'group_members', { firm_id: firmId, group_id: group, entity_id: member });
    expect(await ask()).toEqual([]);
  });
});

describe('the UserRepository on PostgreSQL', () => {
  it('makes who asks for the administrators wait for who asked before, and see what they did', async () => {
    const { users, unitOfWork } = onPostgreSql();
    const firm = await aFirm(test.database);
    const [one, other] = [1, 2].map(() => aMember({ firmId: firm, email: address(), permissions: ['firm_admin'] }));
    if (!one || !other) throw new Error('two were made');
    await unitOfWork.run(async () => {
      for (const admin of [one, other]) await users.add(admin, NOTHING);
    });
    const [hasAsked, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = unitOfWork.run(async () => {
      expect(await users.countOtherAdministrators(firm, one.id)).toBe(1);
      hasAsked.resolve();
      await mayGoOn.promise;
      (await users.find(firm, one.id))?.edit({ permissions: [] }, new Date());
    });
    await hasAsked.promise;
    const seen: number[] = [];
    const second = unitOfWork.run(async () => {
      seen.push(await users.countOtherAdministrators(firm, other.id));
    });
    await until(
      'the second one waits, or has its answer',
      async () => seen.length > 0 || (await isOneWaiting(test.database)),
    );
    expect(seen).toEqual([]);
    mayGoOn.resolve();
    await Promise.all([first, second]);
    expect(seen).toEqual([0]);
  });
});

describe('the UserQueries on PostgreSQL', () => {
  let queries: UserQueries;
  beforeAll(() => {
    queries = new SqlUserQueries(test.database);
  });

  it('answers every field, with its type', async () => {
    const { users, unitOfWork, directory } = onPostgreSql();
    const [entity, group] = [await directory.entity(firmId), await directory.group(firmId)];
    const user = aMember({
      firmId,
      email: address(),
      firstName: 'Ann',
      lastName: 'Smith',
      externalUserId: 'Q1',
      permissions: ['firm_admin'],
    });
    await unitOfWork.run(() => users.add(user, { entityIds: [entity], groupIds: [group] }));
    const found = await queries.find(anActor({ firmId }), user.id);
    expect(found).toEqual({
      id: user.id,
      email: user.email,
      name: 'Ann',
      firstName: 'Ann',
      lastName: 'Smith',
      externalUserId: 'Q1',
      permissions: ['firm_admin'],
      allDataAccess: true,
      createdAt: user.createdAt,
      modifiedAt: user.createdAt,
      entityIds: [entity],
      groupIds: [group],
    });
    const listed = await queries.list(anActor({ firmId }), { limit: 1000, after: null });
    expect(listed.items).toContainEqual(found);
  });

  it('shows a user from before changes were dated as modified when it was made', async () => {
    const id = await aUser(test.database, firmId);
    const found = await queries.find(anActor({ firmId }), id);
    expect(found?.modifiedAt).toEqual(found?.createdAt);
  });

  it('pages through the users of the firm, and never shows another firm’s', async () => {
    const firm = await aFirm(test.database);
    const all = [await aUser(test.database, firm), await aUser(test.database, firm), await aUser(test.database, firm)];
    const actor = anActor({ firmId: firm });
    const first = await queries.list(actor, { limit: 2, after: null });
    const second = await queries.list(actor, { limit: 2, after: first.next });
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([all.slice(0, 2), all.slice(2)]);
    expect([first.next, second.next]).toEqual([all[1], null]);
    expect(await queries.find(anActor({ firmId }), all[0] as UserId)).toBeNull();
  });

  it('shows to a restricted actor all users, and of their data what is permitted to the actor', async () => {
    const { database } = test;
    const { directory } = onPostgreSql();
    const [user, actorId] = [await aUser(database, firmId), await aUser(database, firmId)];
    const [shared, other] = [await directory.entity(firmId, user, actorId), await directory.entity(firmId, user)];
    const [sharedGroup, otherGroup] = [
      await directory.group(firmId, user, actorId),
      await directory.group(firmId, user),
    ];
    const member = await anEntity(database, firmId);
    await link(database, 'user_entities', { firm_id: firmId, user_id: user, entity_id: member });
    await link(database, 'group_members', { firm_id: firmId, group_id: sharedGroup, entity_id: member });
    const restricted = anActor({ firmId, userId: actorId, allDataAccess: false });
    const seen = await queries.find(restricted, user);
    expect(seen).toMatchObject({ entityIds: [shared, member], groupIds: [sharedGroup] });
    expect((await queries.list(restricted, { limit: 1000, after: null })).items).toContainEqual(seen);
    expect(await queries.find(anActor({ firmId }), user)).toMatchObject({
      entityIds: [shared, other, member],
      groupIds: [sharedGroup, otherGroup],
    });
  });
});

function inMemory(): Adapters {
  const access = new InMemoryDataAccess();
  const users = new InMemoryUserRepository(access);
  return { users, access, directory: directoryInMemory(access), unitOfWork: new InMemoryUnitOfWork([users]) };
}

function onPostgreSql(): Adapters {
  const { database } = test;
  return {
    users: new MikroOrmUserRepository(database),
    access: new SqlDataAccess(database),
    directory: directoryInRows(database),
    unitOfWork: new MikroOrmUnitOfWork(database),
  };
}
