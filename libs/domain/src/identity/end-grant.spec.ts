import { describe, expect, it } from '@jest/globals';
import { GrantBench } from '@portico/testing';

const ORIGIN = { requestId: 'request-1', address: '127.0.0.1' };

function bench() {
  const all = new GrantBench();
  all.person('ann@example.test');
  const signIn = () => all.signIn.execute(ORIGIN, { client: all.client, email: 'ann@example.test', password: 'right' });
  return { ...all, signIn };
}

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
