import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';

const DAY = 24 * 3600;
const actor = anActor();
const pieces = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  })();
const breaking = (...texts: string[]) =>
  (async function* () {
    yield* pieces(...texts);
    throw new Error('cut off');
  })();

describe('AppendToUpload', () => {
  it('counts what has arrived, and waits a day for more', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(11);
    bench.clock.advance(3600);
    expect(await bench.append.execute(actor, { id, offset: 0, source: pieces('hello', ' ') })).toBe(6);
    const upload = await bench.uploads.find(actor, id);
    expect(upload?.received).toBe(6);
    expect(Number(upload?.expiresAt) - Number(bench.clock.now())).toBe(DAY * 1000);
  });

  it('keeps what arrived before the source broke', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(11);
    const sending = bench.append.execute(actor, { id, offset: 0, source: breaking('hello') });
    await expect(sending).rejects.toThrow('cut off');
    expect((await bench.uploads.find(actor, id))?.received).toBe(5);
  });

  it('keeps nothing of bytes that are refused after they came, nor of those that could not be looked at', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(11);
    const verify = () => {
      throw new Error('wrong');
    };
    for (const [source, reason] of [
      [pieces('jello'), 'wrong'],
      [breaking('jello'), 'cut off'],
    ] as const)
      await expect(bench.append.execute(actor, { id, offset: 0, source, verify })).rejects.toThrow(reason);
    expect((await bench.uploads.find(actor, id))?.received).toBe(0);
    await bench.append.execute(actor, { id, offset: 0, source: pieces('hello world') });
    const file = await bench.finish.execute(actor, id);
    const sha256 = createHash('sha256').update('hello world').digest('hex');
    expect(bench.history.entries.at(-1)).toMatchObject({ subject: { id: file }, details: { sha256 } });
  });

  it('takes nothing that goes on elsewhere than the upload is', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(11);
    const sending = bench.append.execute(actor, { id, offset: 3, source: pieces('lo') });
    await expect(sending).rejects.toMatchObject({ kind: 'conflict', code: 'upload_in_use' });
  });

  it('lets nobody count whose turn is over', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(11);
    const overtaken = (async function* () {
      yield Buffer.from('hello');
      await bench.append.execute(actor, { id, offset: 0, source: pieces('HELLO WORLD') });
      yield Buffer.from(' world');
    })();
    const sending = bench.append.execute(actor, { id, offset: 0, source: overtaken });
    await expect(sending).rejects.toMatchObject({ code: 'upload_in_use' });
    expect((await bench.uploads.find(actor, id))?.received).toBe(11);
  });
});
