import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  FixedClock,
  InMemoryHistory,
  InMemoryUnitOfWork,
  InMemoryUserRepository,
  PlainPasswordHasher,
} from '@portico/testing';
import type { FirmId, Permission } from '../kernel/index.js';
import { CreateUser } from './index.js';

const input = {
  firmId: '1' as FirmId,
  email: 'Ann@Example.Test',
  name: 'Ann',
  password: 'secret',
  permissions: ['api_access', 'files_view', 'api_access'] as Permission[],
  allDataAccess: false,
};

function bench() {
  const [users, history] = [new InMemoryUserRepository(), new InMemoryHistory()];
  const unitOfWork = new InMemoryUnitOfWork([users, history]);
  return {
    users,
    history,
    createUser: new CreateUser(users, new PlainPasswordHasher(), history, unitOfWork, new FixedClock()),
  };
}

describe('CreateUser', () => {
  it('keeps the address in lower case, the permissions once and the password hashed', async () => {
    const { users, history, createUser } = bench();
    expect(await createUser.execute(anActor(), input)).toEqual({ id: '1', email: 'ann@example.test' });
    expect(users.users[0]).toMatchObject({ permissions: ['api_access', 'files_view'], passwordHash: 'hash of secret' });
    expect(JSON.stringify(history.entries)).not.toContain('secret');
  });

  it('gives all data to an administrator of the firm', async () => {
    const { users, createUser } = bench();
    await createUser.execute(anActor(), { ...input, permissions: ['firm_admin'] });
    expect(users.users[0]?.allDataAccess).toBe(true);
  });

  it('refuses an address twice in a firm, in any case, and allows it in another', async () => {
    const { createUser } = bench();
    await createUser.execute(anActor(), input);
    await expect(createUser.execute(anActor(), { ...input, email: 'ANN@example.test' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'email_taken',
    });
    await createUser.execute(anActor(), { ...input, firmId: '2' as FirmId });
  });

  it.each([
    [{ email: 'nobody' }, 'invalid_email'],
    [{ email: 'a b@c' }, 'invalid_email'],
    [{ name: ' ' }, 'invalid_user_name'],
    [{ password: '' }, 'invalid_password'],
  ])('refuses %j', async (changes, code) => {
    const { users, createUser } = bench();
    await expect(createUser.execute(anActor(), { ...input, ...changes })).rejects.toMatchObject({
      kind: 'invalid',
      code,
    });
    expect(users.users).toEqual([]);
  });
});
