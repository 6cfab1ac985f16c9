import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  FixedClock,
  InMemoryCredentialRepository,
  InMemoryHistory,
  InMemoryUnitOfWork,
} from '@portico/testing';
import type { FirmId } from '../kernel/index.js';
import { RevokeCredential } from './index.js';

describe('RevokeCredential', () => {
  it('ends a credential once, and writes it into the history of its firm', async () => {
    const [credentials, history] = [new InMemoryCredentialRepository(), new InMemoryHistory()];
    const clock = new FixedClock();
    const revoke = new RevokeCredential(credentials, history, new InMemoryUnitOfWork([credentials, history]), clock);
    const token = { id: 't', firmId: '7' as FirmId, name: 'worker', tokenHash: '00', createdAt: clock.now() };
    await credentials.addPortalToken(token);
    await revoke.execute(anActor(), { kind: 'portal_token', id: 't' });
    expect(history.entries).toMatchObject([{ action: 'portal_token.revoked', author: { firmId: '7' } }]);
    for (const id of ['t', 'unknown'])
      await expect(revoke.execute(anActor(), { kind: 'portal_token', id })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'credential_not_found',
      });
  });
});
