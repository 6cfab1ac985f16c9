import { describe, expect, it } from '@jest/globals';
import { anActor, SessionBench } from '@portico/testing';
import type { FirmId, UserId } from '../kernel/index.js';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };

describe('SignOut', () => {
  it('ends the session of the call and no other, and tells the history', async () => {
    const { sessions, signIn, signOut, clock, history } = new SessionBench();
    const ids = { firmId: '1' as FirmId, userId: '11' as UserId };
    const account = { ...ids, passwordHash: 'hash of right', permissions: ['back_office'] as const };
    sessions.people.push({ email: 'ann@example.test', account });
    const claim = { email: 'ann@example.test', password: 'right', firmId: null };
    for (let times = 0; times < 2; times++) await signIn.execute(ORIGIN, claim);
    history.entries.splice(0);
    const [one, other] = [...sessions.sessions.values()];
    const actor = anActor({ credential: { kind: 'session', id: one?.id ?? '' } });
    await signOut.execute(actor);
    expect([one?.endedAt, other?.endedAt]).toEqual([clock.now(), null]);
    expect(history.entries).toMatchObject([{ action: 'session.closed', subject: { type: 'session', id: one?.id } }]);
    expect(history.entries[0]?.author).toEqual(actor);
  });
});
