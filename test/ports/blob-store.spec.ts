import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlobKey, BlobStore, ByteRange } from '@portico/domain/kernel';
import { FixedClock, InMemoryBlobStore } from '@portico/testing';
import { LocalBlobStore } from '../../src/platform/storage/local-blob-store.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000404' as BlobKey;
const bytes = Buffer.from('0123456789'.repeat(20_000));
const chunks = (content: Buffer) => Readable.from([content.subarray(0, 7), content.subarray(7)]);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'portico-blobs-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe.each([
  ['InMemoryBlobStore', (): BlobStore => new InMemoryBlobStore(new FixedClock())],
  ['LocalBlobStore', (): BlobStore => new LocalBlobStore(path.join(root, 'store'))],
])('the BlobStore %s', (_name, make) => {
  const store = { current: null as BlobStore | null };
  const blobs = () => (store.current ??= make());

  it('keeps bytes and tells their size and hash', async () => {
    const kept = await blobs().put(chunks(bytes));
    expect(kept).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(await read(blobs(), kept.key, { start: 0, end: bytes.length - 1 })).toEqual(bytes);
  });

  it('keeps no bytes as well', async () => {
    const { key, bytes: size } = await blobs().put(Readable.from([]));
    expect([size, (await read(blobs(), key, { start: 0, end: -1 })).length]).toEqual([0, 0]);
  });

  it('answers a part, both ends included', async () => {
    const { key } = await blobs().put(chunks(bytes));
    expect((await read(blobs(), key, { start: 3, end: 5 })).toString()).toBe('345');
  });

  it('gives each blob a key of its own, whatever its bytes', async () => {
    const [one, other] = [await blobs().put(chunks(bytes)), await blobs().put(chunks(bytes))];
    expect(one.key).not.toBe(other.key);
  });

  it('keeps nothing of a source that breaks', async () => {
    const before = await keysOf(blobs());
    const source = Readable.from(
      (async function* () {
        yield await Promise.resolve(bytes);
        throw new Error('the caller went away');
      })(),
    );
    await expect(blobs().put(source)).rejects.toThrow('the caller went away');
    expect(await keysOf(blobs())).toEqual(before);
  });

  it('refuses to read what is not there', async () => {
    await expect(read(blobs(), UNKNOWN, { start: 0, end: 9 })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'blob_missing',
    });
    expect(await blobs().has(UNKNOWN)).toBe(false);
  });

  it('removes bytes, also those that are gone', async () => {
    const { key } = await blobs().put(chunks(bytes));
    expect(await blobs().has(key)).toBe(true);
    await blobs().remove(key);
    await blobs().remove(key);
    expect(await blobs().has(key)).toBe(false);
  });

  it('is in order', () => blobs().check());
});

describe('LocalBlobStore', () => {
  it('finds the keys that were last written before an instant', async () => {
    const store = new LocalBlobStore(path.join(root, 'times'));
    const [old, fresh] = [await store.put(chunks(bytes)), await store.put(chunks(bytes))];
    await utimes(path.join(root, 'times', store.relativePathOf(old.key)), new Date(0), new Date(0));
    const found: BlobKey[] = [];
    for await (const key of store.keysWrittenBefore(new Date(Date.now() - 60_000))) found.push(key);
    expect(found).toEqual([old.key]);
    expect(await store.has(fresh.key)).toBe(true);
  });

  it('leaves no probe behind when it is asked whether it is in order', async () => {
    const folder = path.join(root, 'probe');
    await new LocalBlobStore(folder).check();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that the storage can not be used when its folder is a file', async () => {
    const store = new LocalBlobStore(import.meta.filename);
    await expect(store.put(chunks(bytes))).rejects.toMatchObject({ kind: 'unavailable', code: 'storage_unavailable' });
    await expect(store.check()).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

async function keysOf(store: BlobStore): Promise<BlobKey[]> {
  const keys: BlobKey[] = [];
  for await (const key of store.keysWrittenBefore(new Date(Date.now() + 1e12))) keys.push(key);
  return keys.sort();
}

/** The pieces are copied, because their memory is used again. */
async function read(blobs: BlobStore, key: BlobKey, range: ByteRange): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await blobs.read(key, range, async (piece) => {
    pieces.push(Buffer.from(piece));
  });
  return Buffer.concat(pieces);
}
