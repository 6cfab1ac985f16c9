import { describe, expect, it } from '@jest/globals';
import { anActor, SessionBench } from '@portico/testing';
import type { FirmId, Permission, UserId } from '../kernel/index.js';
import type { SessionTokens } from './session.js';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };
const REFUSED = { kind: 'unauthenticated', code: 'refresh_token_invalid' };

async function bench() {
  const all = new SessionBench();
  const ids = { firmId: '1' as FirmId, userId: '11' as UserId };
  const account = { ...ids, passwordHash: 'hash of right', permissions: ['back_office'] as Permission[] };
  const person = { email: 'ann@example.test', account };
  all.sessions.people.push(person);
  const first = await all.signIn.execute(ORIGIN, { email: person.email, password: 'right', firmId: null });
  const [id = ''] = [...all.sessions.sessions.keys()];
  all.history.entries.splice(0);
  const refresh = ({ refreshToken }: SessionTokens) =>
    all.refresh.execute(ORIGIN, { refreshToken: refreshToken.token });
  return { ...all, first, id, person, refresh, session: () => all.sessions.sessions.get(id) };
}

describe('RefreshSession', () => {
  it('changes a refresh token for the next two, again and again', async () => {
    const { first, refresh, history } = await bench();
    const second = await refresh(first);
    const third = await refresh(second);
    expect(new Set([first, second, third].map(({ accessToken }) => accessToken.token)).size).toBe(3);
    expect(history.entries).toEqual([]);
  });

  it('ends the session when a used token comes back, and tells the history', async () => {
    const { first, refresh, session, history, id, clock } = await bench();
    const second = await refresh(first);
    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
    expect(session()?.endedAt).toEqual(clock.now());
    await expect(refresh(second)).rejects.toMatchObject(REFUSED);
    expect(history.actions).toEqual([`session.reuse_refused ${id}`]);
  });

  it('refuses a token that nobody gave out, one that has expired, and one of a session that has ended', async () => {
    const { first, refresh, clock, signOut, id } = await bench();
    const made = { ...first, refreshToken: { ...first.refreshToken, token: 'made-up' } };
    await expect(refresh(made)).rejects.toMatchObject(REFUSED);
    clock.advance(30 * 24 * 3600);
    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
    const another = await bench();
    await another.signOut.execute(anActor({ credential: { kind: 'session', id: another.id } }));
    await expect(another.refresh(another.first)).rejects.toMatchObject(REFUSED);
    await signOut.execute(anActor({ credential: { kind: 'session', id } }));
  });

  it('refuses when the user lost back_office, which uses up no token, and when they have another password', async () => {
    const { first, refresh, person } = await bench();
    const { account } = person;
    person.account = { ...account, permissions: [] };
    await expect(refresh(first)).rejects.toMatchObject({ kind: 'forbidden', code: 'missing_permission' });
    person.account = account;
    const second = await refresh(first);
    person.account = { ...account, passwordHash: 'hash of another' };
    await expect(refresh(second)).rejects.toMatchObject(REFUSED);
  });
});

describe('SignOut', () => {
  it('ends the session of the call, once, and tells the history', async () => {
    const { signOut, session, id, clock, history } = await bench();
    const actor = anActor({ credential: { kind: 'session', id } });
    await signOut.execute(actor);
    expect(session()?.endedAt).toEqual(clock.now());
    expect(history.entries).toMatchObject([
      { action: 'session.closed', subject: { type: 'session', id }, author: actor },
    ]);
  });
});
