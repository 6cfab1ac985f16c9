import { describe, expect, it } from '@jest/globals';
import { GrantBench } from '@portico/testing';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };
const DAY_MS = 86_400_000;

function bench() {
  const all = new GrantBench();
  all.person('ann@example.test');
  const signIn = () => all.signIn.execute(ORIGIN, { client: all.client, email: 'ann@example.test', password: 'right' });
  return { ...all, signIn };
}

describe('GiveGrant', () => {
  it('gives the client what was consented to, for ninety days', async () => {
    const { signIn, give, grants, clock, history } = bench();
    const id = await signIn();
    clock.advance(9 * 60);
    await expect(give.execute(ORIGIN, { id, scopes: ['FILES'] })).resolves.toMatchObject({ id, userId: '11' });
    const expiresAt = new Date(clock.now().getTime() + 90 * DAY_MS);
    expect(grants.kept.get(id)).toMatchObject({ scopes: ['FILES'], givenAt: clock.now(), expiresAt });
    expect(history.entries).toMatchObject([
      { action: 'oauth_grant.requested' },
      { action: 'oauth_grant.given', subject: { type: 'oauth_grant', id }, details: { scopes: ['FILES'] } },
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
