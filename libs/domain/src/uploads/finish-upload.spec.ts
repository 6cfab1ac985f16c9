import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';
import type { UploadId } from '../kernel/index.js';

const actor = anActor();
const pieces = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  })();

describe('FinishUpload', () => {
  const whole = async (bench: UploadBench, changes: object = {}): Promise<UploadId> => {
    const asked = { originalName: 'Sample.txt', contentType: 'text/plain', ...changes };
    const id = await bench.begun(5, { asked });
    await bench.append.execute(actor, { id, offset: 0, source: pieces('hello') });
    return id;
  };

  it('makes one file, however often it is asked', async () => {
    const bench = new UploadBench();
    const id = await whole(bench);
    const file = await bench.finish.execute(actor, id);
    expect(await bench.finish.execute(actor, id)).toBe(file);
    expect([bench.files.files.size, bench.history.actions]).toEqual([1, [`file.uploaded ${file}`]]);
    expect((await bench.uploads.find(actor, id))?.state).toBe('finished');
    expect(await bench.append.execute(actor, { id, offset: 5, source: pieces() })).toBe(5);
  });

  it('refuses before all bytes have arrived', async () => {
    const bench = new UploadBench();
    const id = await bench.begun(5);
    await bench.append.execute(actor, { id, offset: 0, source: pieces('hell') });
    await expect(bench.finish.execute(actor, id)).rejects.toMatchObject({ code: 'upload_unfinished' });
  });

  it('keeps the bytes when the file is refused, and makes it when it can be', async () => {
    const bench = new UploadBench();
    const folder = await bench.withFolder();
    const id = await whole(bench, { parentId: folder.id });
    folder.archive(bench.clock.now());
    await expect(bench.finish.execute(actor, id)).rejects.toMatchObject({ code: 'folder_not_found' });
    expect((await bench.uploads.find(actor, id))?.state).toBe('received');
    folder.restore();
    const file = await bench.finish.execute(actor, id);
    expect(bench.files.files.get(file)?.parentId).toBe(folder.id);
  });
});
