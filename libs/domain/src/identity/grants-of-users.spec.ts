import { describe, expect, it } from '@jest/globals';
import { GrantBench } from '@portico/testing';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };
const DAY_MS = 86_400_000;

function bench() {
  const all = new GrantBench();
  all.person('ann@example.test');
  const signIn = (password = 'right', email = 'Ann@Example.test') =>
    all.signIn.execute(ORIGIN, { client: all.client, email, password });
  const told = () => all.history.entries.map(({ action, details }) => [action, details?.['scopes']]);
  const person = (email: string, firm: string) => all.person(email, firm);
  return { ...all, person, signIn, told };
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

describe('GiveGrant', () => {
  it('gives the client what was consented to, for ninety days', async () => {
    const { signIn, give, grants, clock, told } = bench();
    const id = await signIn();
    clock.advance(9 * 60);
    await expect(give.execute(ORIGIN, { id, scopes: ['FILES'] })).resolves.toMatchObject({ id, userId: '11' });
    const expiresAt = new Date(clock.now().getTime() + 90 * DAY_MS);
    expect(grants.kept.get(id)).toMatchObject({ scopes: ['FILES'], givenAt: clock.now(), expiresAt });
    expect(told()).toEqual([
      ['oauth_grant.requested', undefined],
      ['oauth_grant.given', ['FILES']],
    ]);
  });

  it('refuses what does not wait: given before, ended, too late, unknown', async () => {
    const { signIn, give, end, clock } = bench();
    const [given, ended, late] = [await signIn(), await signIn(), await signIn()];
    await give.execute(ORIGIN, { id: given, scopes: ['FILES'] });
    await end.execute(ORIGIN, { id: ended, end: 'declined' });
    clock.advance(10 * 60);
    for (const id of [given, ended, late, 'unknown'])
      await expect(give.execute(ORIGIN, { id, scopes: ['FILES'] })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'oauth_grant_not_found',
      });
  });
});

describe('EndGrant', () => {
  it.each(['declined', 'revoked', 'reuse_refused'] as const)('tells once that a grant was %s', async (how) => {
    const { signIn, end, grants, clock, history } = bench();
    const id = await signIn();
    await end.execute(ORIGIN, { id, end: how });
    await end.execute(ORIGIN, { id, end: 'revoked' });
    await end.execute(ORIGIN, { id: 'unknown', end: 'revoked' });
    expect(grants.kept.get(id)?.endedAt).toEqual(clock.now());
    expect(history.actions.slice(1)).toEqual([`oauth_grant.${how} ${id}`]);
  });
});
