import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';
import type { FirmId, UploadId, UserId } from '../kernel/index.js';

const DAY = 24 * 3600;
const actor = anActor();
const bytes = (text: string) => Buffer.from(text);
const pieces = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(bytes(text));
  })();
const breaking = (...texts: string[]) =>
  (async function* () {
    yield* pieces(...texts);
    throw new Error('cut off');
  })();

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

describe('CheckUpload', () => {
  it('tells what would become of it, and makes nothing', async () => {
    const bench = new UploadBench();
    const folder = await bench.withFolder();
    const asked = { originalName: 'Sample.txt', contentType: 'text/plain', parentId: folder.id };
    const placed = await bench.check.execute(actor, { asked, bytes: 1000, mostBytes: 1000 });
    expect(placed).toMatchObject({ name: 'Sample.txt', parentId: folder.id });
    expect([bench.files.files.size, bench.history.entries.length]).toEqual([1, 0]);
    const attempt = async () => bench.check.execute(actor, { asked, bytes: 1001, mostBytes: 1000 });
    await expect(attempt()).rejects.toMatchObject({ code: 'file_too_large' });
  });
});

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
      yield bytes('hello');
      await bench.append.execute(actor, { id, offset: 0, source: pieces('HELLO WORLD') });
      yield bytes(' world');
    })();
    const sending = bench.append.execute(actor, { id, offset: 0, source: overtaken });
    await expect(sending).rejects.toMatchObject({ code: 'upload_in_use' });
    expect((await bench.uploads.find(actor, id))?.received).toBe(11);
  });
});

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
