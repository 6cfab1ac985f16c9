import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';

const DAY = 24 * 3600;
const actor = anActor();

describe('BeginUpload', () => {
  it('checks all that it can before the bytes come, and keeps nothing when it refuses', async () => {
    const bench = new UploadBench();
    await expect(bench.begun(1001)).rejects.toMatchObject({ kind: 'too_large', code: 'file_too_large' });
    const asked = { originalName: 'Sample.txt', name: 'Sample.pdf', contentType: 'text/plain' };
    await expect(bench.begun(1, { asked })).rejects.toMatchObject({ code: 'extension_mismatch' });
    const unknown = { ...asked, name: 'a.txt', associations: { entities: ['404' as never] } };
    await expect(bench.begun(1, { asked: unknown })).rejects.toMatchObject({ code: 'unknown_entities' });
    expect(await bench.uploads.takeExpired(new Date('2030-01-01'), 10)).toEqual([]);
  });

  it('waits a day for the first byte', async () => {
    const bench = new UploadBench();
    const upload = await bench.uploads.find(actor, await bench.begun(5));
    expect(upload).toMatchObject({ received: 0, state: 'receiving', fileId: null });
    expect(Number(upload?.expiresAt) - Number(bench.clock.now())).toBe(DAY * 1000);
  });
});
