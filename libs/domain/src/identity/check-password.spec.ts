import { describe, expect, it, jest } from '@jest/globals';
import { FixedClock, InMemorySessionRepository, InMemorySignInFailures, PlainPasswordHasher } from '@portico/testing';
import type { FirmId, UserId } from '../kernel/index.js';
import { CheckPassword } from './check-password.js';

function bench() {
  const [sessions, failures] = [new InMemorySessionRepository(), new InMemorySignInFailures()];
  const [passwords, clock] = [new PlainPasswordHasher(), new FixedClock()];
  const check = new CheckPassword(sessions, failures, passwords, clock);
  const account = { firmId: '1' as FirmId, userId: '11' as UserId, passwordHash: 'hash of right', permissions: [] };
  sessions.people.push({ email: 'ann@example.test', account });
  const execute = (password: string, email = 'ann@example.test') => check.execute({ email, password, firmId: null });
  return { execute, failures, passwords, clock, account };
}

describe('CheckPassword', () => {
  it('answers whose they are, whatever they may do, with the address in any case', async () => {
    const { execute, account } = bench();
    expect(await execute('right', ' ANN@example.test')).toEqual(account);
  });

  it('does the same work where there is nobody', async () => {
    const { execute, passwords } = bench();
    const verify = jest.spyOn(passwords, 'verify');
    await expect(execute('right', 'none@example.test')).rejects.toMatchObject({ code: 'sign_in_refused' });
    expect(verify.mock.calls).toEqual([['right', null]]);
  });

  it('does no work for an address that is blocked', async () => {
    const { execute, failures, passwords, clock } = bench();
    for (let times = 0; times < 5; times++) await failures.count('ann@example.test', clock.now());
    const verify = jest.spyOn(passwords, 'verify');
    await expect(execute('right')).rejects.toMatchObject({ code: 'sign_in_blocked', seconds: 60 });
    expect(verify).not.toHaveBeenCalled();
  });
});
