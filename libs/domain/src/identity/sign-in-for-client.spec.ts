import { describe, expect, it } from '@jest/globals';
import { GrantBench } from '@portico/testing';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };

function bench() {
  const all = new GrantBench();
  all.person('ann@example.test');
  const person = (email: string, firm: string) => all.person(email, firm);
  const signIn = (password = 'right', email = 'Ann@Example.test') =>
    all.signIn.execute(ORIGIN, { client: all.client, email, password });
  return { ...all, person, signIn };
}

describe('SignInForClient', () => {
  it('makes a grant that waits for consent, and tells the history', async () => {
    const { signIn, grants, history, clock, client } = bench();
    const id = await signIn();
    const { clientId, firmId } = client;
    const expiresAt = new Date(clock.now().getTime() + 10 * 60_000);
    expect(grants.kept.get(id)).toMatchObject({ clientId, firmId, userId: '11', scopes: [], givenAt: null, expiresAt });
    expect(history.entries).toMatchObject([
      {
        ...{ action: 'oauth_grant.requested', subject: { type: 'oauth_grant', id } },
        author: { firmId, userId: '11', credential: { kind: 'oauth_client', id: clientId }, origin: ORIGIN },
      },
    ]);
  });

  it('needs no permission: what the grant is good for, the permissions say on every call', async () => {
    const { signIn, sessions } = bench();
    expect(sessions.people[0]?.account.permissions).toEqual([]);
    await expect(signIn()).resolves.toEqual(expect.any(String));
  });

  it('refuses who is wrong, unknown, or of another firm than the client, alike', async () => {
    const { signIn, person, grants, history } = bench();
    person('bob@example.test', '2');
    const refusal = { kind: 'unauthenticated', code: 'sign_in_refused' };
    await expect(signIn('wrong')).rejects.toMatchObject(refusal);
    await expect(signIn('right', 'nobody@example.test')).rejects.toMatchObject(refusal);
    await expect(signIn('right', 'bob@example.test')).rejects.toMatchObject(refusal);
    expect([grants.kept.size, history.entries.length]).toEqual([0, 0]);
  });

  it('blocks an address for a minute after five failures', async () => {
    const { signIn, clock } = bench();
    for (let times = 0; times < 5; times++)
      await expect(signIn('wrong')).rejects.toMatchObject({ code: 'sign_in_refused' });
    await expect(signIn()).rejects.toMatchObject({ kind: 'rate_limited', code: 'sign_in_blocked', seconds: 60 });
    clock.advance(60);
    await signIn();
  });
});
