import { describe, expect, it } from '@jest/globals';
import { aPortalUser, PortalBench } from '@portico/testing';
import type { ClientId, ContactId, FileId, FirmId } from '../kernel/index.js';

const user = aPortalUser();

describe('ViewFile', () => {
  it('keeps each view with the hash of the bytes, and when the first was', async () => {
    const bench = new PortalBench();
    const { viewFile, proof, clock } = bench;
    const { id, sha256 } = bench.with();
    const first = clock.now();
    expect(await viewFile.execute(user, { id })).toMatchObject({ id, viewedAt: first });
    clock.advance(60);
    expect(await viewFile.execute(user, { id })).toMatchObject({ viewedAt: first });
    const event = { kind: 'viewed', fileId: id, contactId: '20', deliveryId: null, data: { sha256 }, firmId: '1' };
    expect(proof.events).toEqual([event, event]);
  });

  it.each([
    ['unknown', {}, '38'],
    ['published to somebody else', { contactId: '21' as ContactId }, '37'],
    ['of another company', { companyId: '501' as ClientId }, '37'],
    ['of another firm', { firmId: '2' as FirmId }, '37'],
  ])('does not find a file that is %s', async (_what, changes, id) => {
    const bench = new PortalBench();
    bench.with();
    const view = bench.viewFile.execute(aPortalUser(changes), { id: id as FileId });
    await expect(view).rejects.toMatchObject({ kind: 'not_found', code: 'file_not_found' });
    expect(bench.proof.events).toEqual([]);
  });
});
