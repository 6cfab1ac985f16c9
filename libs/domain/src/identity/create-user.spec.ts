import { describe, expect, it } from '@jest/globals';
import { anActor, UserBench } from '@portico/testing';
import type { EntityId, FirmId, GroupId, Permission, UserId } from '../kernel/index.js';
import type { CreateUserInput } from './index.js';

const operator = anActor();
const input = {
  firmId: '1' as FirmId,
  email: 'Ann@Example.Test',
  name: 'Ann',
  password: 'secret',
  permissions: ['api_access', 'files_view', 'api_access'] as Permission[],
  allDataAccess: false,
};

describe('CreateUser by the operator', () => {
  it('keeps the address in lower case, the permissions once and the password hashed', async () => {
    const { users, history, createUser } = new UserBench();
    expect(await createUser.byOperator(operator, input)).toEqual({ id: '1', email: 'ann@example.test' });
    expect(users.users[0]).toMatchObject({ permissions: ['api_access', 'files_view'], passwordHash: 'hash of secret' });
    expect(JSON.stringify(history.entries)).not.toContain('secret');
  });

  it('gives all data to an administrator of the firm', async () => {
    const { users, createUser } = new UserBench();
    await createUser.byOperator(operator, { ...input, permissions: ['firm_admin'] });
    expect(users.users[0]?.allDataAccess).toBe(true);
  });

  it('refuses an address twice in a firm, in any case, and allows it in another', async () => {
    const { createUser } = new UserBench();
    await createUser.byOperator(operator, input);
    await expect(createUser.byOperator(operator, { ...input, email: 'ANN@example.test' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'email_taken',
    });
    await createUser.byOperator(operator, { ...input, firmId: '2' as FirmId });
  });

  it.each([
    [{ email: 'nobody' }, 'invalid_email'],
    [{ email: 'a b@c' }, 'invalid_email'],
    [{ name: ' ' }, 'invalid_user_name'],
    [{ password: '' }, 'invalid_password'],
  ])('refuses %j', async (changes, code) => {
    const { users, createUser } = new UserBench();
    await expect(createUser.byOperator(operator, { ...input, ...changes })).rejects.toMatchObject({
      kind: 'invalid',
      code,
    });
    expect(users.users).toEqual([]);
  });

  it('refuses data that the firm has not', async () => {
    const { createUser, users, history } = new UserBench();
    const permitted = { entityIds: ['5' as EntityId] };
    await expect(createUser.byOperator(operator, { ...input, permitted })).rejects.toMatchObject({
      code: 'unknown_entities',
    });
    expect([users.users, history.entries]).toEqual([[], []]);
  });
});

describe('CreateUser by a user', () => {
  const userId = '12' as UserId;
  const restricted = anActor({ userId, allDataAccess: false, permissions: ['users_manage', 'files_edit'] });
  const modest: CreateUserInput = { email: 'bo@example.test', name: 'Bo', permissions: [], allDataAccess: false };

  it('adds to the firm of the actor, and permits what is theirs', async () => {
    const { users, access, history, createUser } = new UserBench();
    access.put('1' as FirmId, 'entities', '5', userId);
    access.put('1' as FirmId, 'groups', '6', userId);
    const permitted = { entityIds: ['5' as EntityId], groupIds: ['6' as GroupId] };
    const id = await createUser.execute(restricted, { ...modest, permissions: ['files_view'], permitted });
    expect(await users.find('1' as FirmId, id)).toMatchObject({ passwordHash: null, permissions: ['files_view'] });
    expect(await users.permittedTo('1' as FirmId, id)).toEqual(permitted);
    expect(history.entries).toMatchObject([
      { action: 'user.created', author: { userId }, details: { permissions: ['files_view'], ...permitted } },
    ]);
  });

  it.each<[string, Partial<CreateUserInput>]>([
    ['Ann Smith', { firstName: ' Ann ', lastName: 'Smith' }],
    ['Ann', { firstName: 'Ann' }],
    ['Annie', { name: 'Annie', firstName: 'Ann', lastName: null }],
  ])('shows %s', async (name, names) => {
    const { users, createUser } = new UserBench();
    await createUser.execute(anActor(), { ...modest, name: undefined, ...names });
    expect(users.users[0]?.name).toBe(name);
  });

  it.each<[Partial<CreateUserInput>, string]>([
    [{ permissions: ['entities_manage'] }, 'grant_exceeds_own'],
    [{ permissions: ['firm_admin'] }, 'grant_exceeds_own'],
    [{ allDataAccess: true }, 'grant_exceeds_own'],
    [{ permitted: { entityIds: ['5' as EntityId] } }, 'unknown_entities'],
    [{ permitted: { groupIds: ['404' as GroupId] } }, 'unknown_groups'],
    [{ password: 'eleven char' }, 'invalid_password'],
    [{ password: 'twelve chars' }, 'password_not_changeable'],
    [{ name: undefined }, 'invalid_user_name'],
    [{ externalUserId: 'x'.repeat(32) }, 'invalid_value'],
    [{ lastName: 'x'.repeat(81) }, 'invalid_value'],
  ])('refuses %j with %s', async (changes, code) => {
    const { users, access, createUser, history } = new UserBench();
    access.put('1' as FirmId, 'entities', '5');
    await expect(createUser.execute(restricted, { ...modest, ...changes })).rejects.toMatchObject({ code });
    expect([users.users, history.entries]).toEqual([[], []]);
  });

  it('refuses an external id twice', async () => {
    const { createUser } = new UserBench();
    await createUser.execute(anActor(), { ...modest, externalUserId: 'A1' });
    const again = createUser.execute(anActor(), { ...modest, email: 'other@example.test', externalUserId: 'A1' });
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'external_user_id_taken' });
  });
});
