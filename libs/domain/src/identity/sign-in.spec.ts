import { describe, expect, it, jest } from '@jest/globals';
import { SessionBench } from '@portico/testing';
import type { FirmId, Permission, UserId } from '../kernel/index.js';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };

function bench() {
  const all = new SessionBench();
  const person = (firm = '1', permissions: Permission[] = ['back_office'], password = 'right') => {
    const ids = { firmId: firm as FirmId, userId: '11' as UserId };
    const account = { ...ids, passwordHash: `hash of ${password}`, permissions };
    all.sessions.people.push({ email: 'ann@example.test', account });
  };
  const signIn = (password = 'right', firmId: string | null = null, email = 'Ann@Example.test') =>
    all.signIn.execute(ORIGIN, { email, password, firmId: firmId as FirmId | null });
  return { ...all, person, signIn };
}

describe('SignIn', () => {
  it('opens a session for an hour that lasts for thirty days, and tells the history', async () => {
    const { person, signIn, clock, history, sessions } = bench();
    person();
    const { accessToken, refreshToken } = await signIn();
    const minutes = (until: Date) => (until.getTime() - clock.now().getTime()) / 60_000;
    expect([minutes(accessToken.expiresAt), minutes(refreshToken.expiresAt)]).toEqual([60, 30 * 24 * 60]);
    expect(accessToken.token).not.toBe(refreshToken.token);
    const [id] = [...sessions.sessions.keys()];
    expect(history.entries).toMatchObject([
      {
        ...{ action: 'session.opened', subject: { type: 'session', id } },
        author: { firmId: '1', userId: '11', credential: { kind: 'session', id }, origin: ORIGIN },
      },
    ]);
  });

  it('refuses a wrong password and an unknown address alike, after as much work', async () => {
    const { person, signIn, passwords, history } = bench();
    const verify = jest.spyOn(passwords, 'verify');
    const unknown = await signIn().catch((error: Error) => error);
    person();
    const wrong = await signIn('wrong').catch((error: Error) => error);
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ kind: 'unauthenticated', code: 'sign_in_refused' });
    expect(verify).toHaveBeenCalledTimes(2);
    expect(history.entries).toEqual([]);
  });

  it('refuses a user without back_office, and lets an administrator in', async () => {
    const { person, signIn, sessions } = bench();
    person('1', ['files_edit']);
    await expect(signIn()).rejects.toMatchObject({ kind: 'forbidden', code: 'missing_permission' });
    await expect(signIn('wrong')).rejects.toMatchObject({ code: 'sign_in_refused' });
    sessions.people.splice(0);
    person('1', ['firm_admin']);
    await signIn();
  });

  it('finds the firm by the password, and asks for it where several are right', async () => {
    const { person, signIn, sessions } = bench();
    person('1');
    person('2', ['back_office'], 'other');
    await signIn('other');
    expect([...sessions.sessions.values()].map(({ account }) => account.firmId)).toEqual(['2']);
    person('3');
    await expect(signIn()).rejects.toMatchObject({ code: 'firm_required', source: { pointer: '/firmId' } });
    await signIn('right', '3');
    await expect(signIn('right', '2')).rejects.toMatchObject({ code: 'sign_in_refused' });
    for (let firm = 4; firm < 12; firm++) person(String(firm), ['back_office'], 'another');
    await expect(signIn()).rejects.toMatchObject({ code: 'firm_required' });
  });

  it('blocks an address for a minute after five failures in a minute', async () => {
    const { person, signIn, clock } = bench();
    person();
    const fails = (times: number) =>
      Promise.all(
        Array.from({ length: times }, () => expect(signIn('wrong')).rejects.toMatchObject({ code: 'sign_in_refused' })),
      );
    await fails(4);
    clock.advance(61);
    await fails(4);
    await signIn();
    await fails(1);
    await expect(signIn()).rejects.toMatchObject({ kind: 'rate_limited', code: 'sign_in_blocked', seconds: 60 });
    clock.advance(59);
    await expect(signIn()).rejects.toMatchObject({ seconds: 1 });
    clock.advance(1);
    await signIn();
  });

  it('tells nothing to one who tried while the address came to be blocked', async () => {
    const { person, signIn, passwords, failures, clock } = bench();
    person();
    jest.spyOn(passwords, 'verify').mockImplementation(async (password) => {
      for (let times = 0; times < 5; times++) await failures.count('ann@example.test', clock.now());
      return password === 'right';
    });
    await expect(signIn('right')).rejects.toMatchObject({ code: 'sign_in_blocked' });
    clock.advance(61);
    await expect(signIn('wrong')).rejects.toMatchObject({ code: 'sign_in_blocked' });
  });

  it('refuses what is no address', async () => {
    await expect(bench().signIn('right', null, 'ann')).rejects.toMatchObject({ field: 'email', code: 'invalid_email' });
  });
});
