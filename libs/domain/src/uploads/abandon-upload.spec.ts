import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';
import type { FirmId, UserId } from '../kernel/index.js';

const actor = anActor();
const pieces = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  })();

describe('AbandonUpload', () => {
  it('gives the bytes back, but never those of a file', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(5);
    await bench.append.execute(actor, { id, offset: 0, source: pieces('hello') });
    const other = await bench.begun(0);
    await bench.finish.execute(actor, other);
    await bench.abandon.execute(actor, id);
    expect([bench.partials.written.size, await bench.uploads.find(actor, id)]).toEqual([0, null]);
    await expect(bench.abandon.execute(actor, other)).rejects.toMatchObject({ code: 'upload_finished' });
  });
});

describe('An upload', () => {
  it.each([
    ['another user', anActor({ userId: '12' as UserId })],
    ['another firm', anActor({ firmId: '2' as FirmId })],
  ])('is not there for %s', async (_who, other) => {
    const bench = new UploadBench();
    const id = await bench.begun(5);
    const notFound = { kind: 'not_found', code: 'upload_not_found' };
    const sending = bench.append.execute(other, { id, offset: 0, source: pieces('hello') });
    await expect(sending).rejects.toMatchObject(notFound);
    await expect(bench.finish.execute(other, id)).rejects.toMatchObject(notFound);
    await expect(bench.abandon.execute(other, id)).rejects.toMatchObject(notFound);
  });
});
