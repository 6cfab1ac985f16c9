import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';

const DAY = 24 * 3600;
const actor = anActor();
const pieces = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  })();

describe('SweepUploads', () => {
  it('gives back the bytes of those that nobody has gone on with for a day, and knows them for a week more', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(5);
    await bench.append.execute(actor, { id, offset: 0, source: pieces('hel') });
    bench.clock.advance(DAY - 1);
    expect(await bench.sweep.execute()).toBe(0);
    bench.clock.advance(1);
    const late = { id, offset: 3, source: pieces('lo') };
    await expect(bench.append.execute(actor, late)).rejects.toMatchObject({ kind: 'gone', code: 'upload_expired' });
    expect([await bench.sweep.execute(), bench.partials.written.size]).toEqual([1, 0]);
    await expect(bench.finish.execute(actor, id)).rejects.toMatchObject({ code: 'upload_expired' });
    bench.clock.advance(8 * DAY);
    expect([await bench.sweep.execute(), await bench.uploads.find(actor, id)]).toEqual([0, null]);
  });

  it('takes nothing from a file', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(0);
    await bench.finish.execute(actor, id);
    bench.clock.advance(30 * DAY);
    expect([await bench.sweep.execute(), bench.files.files.size]).toEqual([0, 1]);
  });
});
