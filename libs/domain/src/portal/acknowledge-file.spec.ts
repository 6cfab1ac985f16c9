import { describe, expect, it } from '@jest/globals';
import { aPortalUser, PortalBench } from '@portico/testing';
import type { FileId } from '../kernel/index.js';

const user = aPortalUser();

describe('AcknowledgeFile', () => {
  it('keeps the first acknowledgement and one event', async () => {
    const bench = new PortalBench();
    const { acknowledgeFile, proof, clock } = bench;
    const { id, sha256 } = bench.with();
    const first = clock.now();
    expect(await acknowledgeFile.execute(user, { id })).toMatchObject({ acknowledgedAt: first, viewedAt: null });
    clock.advance(60);
    expect(await acknowledgeFile.execute(user, { id })).toMatchObject({ acknowledgedAt: first });
    expect(proof.events).toMatchObject([{ kind: 'acknowledged', fileId: id, contactId: '20', data: { sha256 } }]);
  });

  it('does not find a file that is not published to the user', async () => {
    const { acknowledgeFile } = new PortalBench();
    const acknowledge = acknowledgeFile.execute(user, { id: '37' as FileId });
    await expect(acknowledge).rejects.toMatchObject({ code: 'file_not_found' });
  });
});
