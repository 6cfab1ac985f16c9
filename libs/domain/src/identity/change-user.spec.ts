import { describe, expect, it } from '@jest/globals';
import { anActor, UserBench } from '@portico/testing';
import type { EntityId, FirmId, GroupId, Permission, UserId } from '../kernel/index.js';
import type { ChangeUserInput } from './index.js';

const firmId = '1' as FirmId;
const userId = '12' as UserId;
const admin = anActor();
const restricted = anActor({ userId, allDataAccess: false, permissions: ['users_manage', 'files_edit'] });
type Change = Omit<ChangeUserInput, 'id'>;

describe('ChangeUser', () => {
  it('changes what is given, and tells the history what it was', async () => {
    const bench = new UserBench();
    const user = await bench.with({ externalUserId: 'A1' });
    await bench.changeUser.execute(admin, {
      id: user.id,
      profile: { email: 'New@Example.Test', externalUserId: null },
    });
    expect(user).toMatchObject({ email: 'new@example.test', externalUserId: null, name: 'Ann' });
    expect(user.modifiedAt).toEqual(bench.clock.now());
    expect(bench.history.entries).toMatchObject([
      {
        action: 'user.changed',
        details: {
          email: { from: 'ann@example.test', to: 'new@example.test' },
          externalUserId: { from: 'A1', to: null },
        },
      },
    ]);
  });

  it.each<Change>([
    {},
    { profile: {} },
    { profile: { email: 'ANN@example.test', permissions: ['files_view', 'files_view'] }, permitted: {} },
    { permitted: { entityIds: [], groupIds: [] } },
  ])('leaves everything as it was when nothing is different: %j', async (change) => {
    const bench = new UserBench();
    const { id, modifiedAt } = await bench.with();
    await bench.changeUser.execute(admin, { id, ...change });
    expect(bench.users.users[0]?.modifiedAt).toEqual(modifiedAt);
    expect(bench.history.entries).toEqual([]);
  });

  it('keeps a new password hashed, and out of the history', async () => {
    const bench = new UserBench();
    const user = await bench.with();
    await bench.changeUser.execute(admin, { id: user.id, password: 'twelve chars' });
    expect(user.passwordHash).toBe('hash of twelve chars');
    expect(bench.history.entries).toMatchObject([{ details: { password: 'changed' } }]);
    expect(JSON.stringify(bench.history.entries)).not.toContain('twelve');
  });

  it.each([
    [{ firstName: 'Ann', lastName: 'Smith' }, { lastName: 'Jones' }, 'Ann Jones'],
    [{ firstName: 'Ann', lastName: 'Smith' }, { firstName: null }, 'Smith'],
    [{ firstName: 'Ann', lastName: 'Smith' }, { firstName: null, lastName: null }, 'Ann Smith'],
    [{ firstName: 'Ann', lastName: 'Smith', name: 'Annie' }, { lastName: 'Jones' }, 'Annie'],
    [{ name: 'Annie' }, { firstName: 'Ann' }, 'Annie'],
    [{ firstName: 'Ann' }, { lastName: 'Jones', name: 'AJ' }, 'AJ'],
  ])('a user with %j who gets %j is shown as %s', async (names, profile, shown) => {
    const bench = new UserBench();
    const user = await bench.with({ name: undefined, ...names });
    await bench.changeUser.execute(admin, { id: user.id, profile });
    expect(user.name).toBe(shown);
  });

  it('replaces the permitted data that are given, and leaves the other kind', async () => {
    const bench = new UserBench();
    for (const id of ['5', '6']) bench.access.put(firmId, 'entities', id);
    bench.access.put(firmId, 'groups', '7');
    const before = { entityIds: ['5' as EntityId], groupIds: ['7' as GroupId] };
    const { id } = await bench.with({}, before);
    await bench.changeUser.execute(admin, { id, permitted: { entityIds: ['6' as EntityId] } });
    expect(await bench.users.permittedTo(firmId, id)).toEqual({ entityIds: ['6'], groupIds: ['7'] });
    expect(bench.history.entries).toMatchObject([
      { details: { granted: { entityIds: ['6'], groupIds: [] }, withdrawn: { entityIds: ['5'], groupIds: [] } } },
    ]);
    expect(bench.users.users[0]?.modifiedAt).toEqual(bench.clock.now());
  });

  it('does not find what is unknown or another firm’s', async () => {
    const bench = new UserBench();
    const { id } = await bench.with({ firmId: '2' as FirmId });
    for (const one of [id, '404' as UserId])
      await expect(bench.changeUser.execute(admin, { id: one, password: 'twelve chars' })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'user_not_found',
      });
  });

  it('lets nobody change their own rights and data, but who they are', async () => {
    const bench = new UserBench();
    for (const id of ['5', '6']) bench.access.put(firmId, 'entities', id, '1' as UserId);
    const own = { entityIds: ['5' as EntityId] };
    const user = await bench.with({ permissions: ['users_manage'] }, own);
    const themselves = anActor({ userId: user.id, allDataAccess: false, permissions: ['users_manage'] });
    const change = (given: Change, actor = themselves) => bench.changeUser.execute(actor, { id: user.id, ...given });
    for (const given of [
      { profile: { permissions: [] } },
      { permitted: { entityIds: ['5' as EntityId, '6' as EntityId] } },
      { permitted: { entityIds: [] } },
    ])
      await expect(change(given)).rejects.toMatchObject({ kind: 'forbidden', code: 'own_rights_not_changeable' });
    expect([user.permissions, bench.history.entries]).toEqual([['users_manage'], []]);
    await change({ profile: { name: 'Eve', permissions: ['users_manage'] }, permitted: own, password: 'twelve chars' });
    expect(user).toMatchObject({ name: 'Eve', passwordHash: 'hash of twelve chars' });
    await bench.with({ email: 'other@example.test', permissions: ['firm_admin'] });
    await change({ profile: { permissions: [] } }, anActor({ userId: user.id }));
    expect(user.permissions).toEqual([]);
  });

  it('lets only who has all data set the password of another user', async () => {
    const bench = new UserBench();
    const { id } = await bench.with();
    const change = (allDataAccess: boolean) =>
      bench.changeUser.execute(anActor({ userId, allDataAccess, permissions: ['users_manage', 'files_view'] }), {
        id,
        password: 'twelve chars',
      });
    await expect(change(false)).rejects.toMatchObject({ kind: 'forbidden', code: 'password_not_changeable' });
    expect([bench.users.users[0]?.passwordHash, bench.history.entries]).toEqual([null, []]);
    await change(true);
  });

  it.each<[Change, string]>([
    [{ profile: { permissions: ['entities_manage'] } }, 'grant_exceeds_own'],
    [{ profile: { allDataAccess: true } }, 'grant_exceeds_own'],
    [{ permitted: { entityIds: ['404' as EntityId] } }, 'unknown_entities'],
    [{ permitted: { groupIds: ['8' as GroupId] } }, 'unknown_groups'],
    [{ profile: { email: 'taken@example.test' } }, 'email_taken'],
    [{ profile: { externalUserId: 'taken' } }, 'external_user_id_taken'],
    [{ profile: { email: 'nobody' } }, 'invalid_email'],
    [{ profile: { name: '' } }, 'invalid_user_name'],
    [{ password: 'short' }, 'invalid_password'],
  ])('refuses %j with %s, and changes nothing', async (change, code) => {
    const bench = new UserBench();
    bench.access.put(firmId, 'groups', '8');
    await bench.with({ email: 'taken@example.test', externalUserId: 'taken' });
    const user = await bench.with();
    const before = { ...user };
    await expect(bench.changeUser.execute(restricted, { id: user.id, ...change })).rejects.toMatchObject({ code });
    expect([{ ...user }, bench.history.entries]).toEqual([before, []]);
  });

  it.each<[string, { permissions?: Permission[]; allDataAccess?: boolean }, { entityIds?: EntityId[] }]>([
    ['permissions', { permissions: ['contacts_manage'] }, {}],
    ['all data', { allDataAccess: true }, {}],
    ['an entity', {}, { entityIds: ['5' as EntityId] }],
  ])('refuses to change who has %s that the actor has not', async (_what, rights, permitted) => {
    const bench = new UserBench();
    bench.access.put(firmId, 'entities', '5');
    const { id } = await bench.with(rights, permitted);
    for (const change of [{ password: 'twelve chars' }, { profile: { email: 'mine@example.test' } }])
      await expect(bench.changeUser.execute(restricted, { id, ...change })).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'user_exceeds_own',
      });
  });

  it('keeps the last administrator of a firm', async () => {
    const bench = new UserBench();
    await bench.with({ firmId: '2' as FirmId, permissions: ['firm_admin'] });
    const first = await bench.with({ permissions: ['firm_admin'] });
    const demote = (id: UserId) => bench.changeUser.execute(admin, { id, profile: { permissions: ['users_manage'] } });
    await expect(demote(first.id)).rejects.toMatchObject({ kind: 'conflict', code: 'last_administrator' });
    const second = await bench.with({ email: 'second@example.test', permissions: ['firm_admin'] });
    await demote(first.id);
    await expect(demote(second.id)).rejects.toMatchObject({ code: 'last_administrator' });
    expect([first.isAdministrator(), first.allDataAccess, second.isAdministrator()]).toEqual([false, true, true]);
  });

  it('gives all data to a new administrator, whatever is said', async () => {
    const bench = new UserBench();
    const user = await bench.with();
    const profile = { permissions: ['firm_admin'] as const, allDataAccess: false };
    await bench.changeUser.execute(admin, { id: user.id, profile });
    expect(user).toMatchObject({ permissions: ['firm_admin'], allDataAccess: true });
  });
});
