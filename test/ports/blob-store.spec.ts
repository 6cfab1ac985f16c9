import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BlobEntry, type BlobKey, type BlobStore, WrongBytes } from '@portico/domain/kernel';
import { FixedClock, InMemoryBlobStore } from '@portico/testing';
import { ARRIVING, LocalBlobStore, relativePathOf } from '../../src/platform/storage/local-blob-store.js';
import { S3BlobStore, s3Client } from '../../src/platform/storage/s3/s3-blob-store.js';
import { keysOf, readBlob as read, whole } from '../support/blobs.js';
import { S3_CREDENTIALS, S3Server } from '../support/s3-server.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000404' as BlobKey;
const bytes = Buffer.from('0123456789'.repeat(20_000));
const chunks = (content: Buffer) => Readable.from([content.subarray(0, 7), content.subarray(7)]);

let root: string;
let s3: S3Server;
beforeAll(async () => {
  Object.assign(process.env, S3_CREDENTIALS);
  root = await mkdtemp(path.join(tmpdir(), 'portico-blobs-'));
  s3 = await S3Server.start();
});
afterAll(async () => {
  await s3.stop();
  await rm(root, { recursive: true, force: true });
});

const s3Store = (prefix: string): S3BlobStore => {
  const location = s3.location(prefix);
  return new S3BlobStore(s3Client(location), location);
};

describe.each([
  ['InMemoryBlobStore', (): BlobStore => new InMemoryBlobStore(new FixedClock())],
  ['LocalBlobStore', (): BlobStore => new LocalBlobStore(path.join(root, 'store'))],
  ['S3BlobStore', (): BlobStore => s3Store('blobs/')],
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

  it('tells of all blobs in the order of their keys, with their sizes and when they were written', async () => {
    const own = await Promise.all(['a', 'bb', 'ccc', 'dddd'].map((text) => blobs().put(Readable.from([text]))));
    const entries: BlobEntry[] = [];
    for await (const entry of blobs().entries()) entries.push(entry);
    const keys = entries.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort());
    for (const { key, bytes: size } of own) {
      const entry = entries.find((one) => one.key === key);
      expect(entry?.bytes).toBe(size);
      expect(Number(entry?.writtenAt)).toBeGreaterThan(0);
    }
  });

  it('hashes the bytes that are there', async () => {
    const { key, sha256 } = await blobs().put(chunks(bytes));
    expect(await blobs().hash(key, bytes.length)).toBe(sha256);
    expect(await blobs().hash(key, 10)).toBe(createHash('sha256').update('0123456789').digest('hex'));
  });

  it('keeps a copy under the key that the blob has elsewhere, also of no bytes, and one copy at a time', async () => {
    const source = new InMemoryBlobStore(new FixedClock());
    for (const content of [chunks(bytes), Readable.from([])]) {
      const blob = await source.put(content);
      const give = (take: (piece: Uint8Array) => Promise<void>) => source.read(blob.key, whole(blob.bytes), take);
      await blobs().putAs(blob, give);
      await blobs().putAs(blob, give);
      expect(await blobs().hash(blob.key, blob.bytes)).toBe(blob.sha256);
      const kept: BlobEntry[] = [];
      for await (const entry of blobs().entries()) if (entry.key === blob.key) kept.push(entry);
      expect(kept.map((entry) => entry.bytes)).toEqual([blob.bytes]);
    }
  });

  it('keeps what it has when a copy is not what was announced, or breaks', async () => {
    const kept = await blobs().put(chunks(bytes));
    const before = await keysOf(blobs());
    const other = Buffer.from(bytes).reverse();
    const piece = (content: Buffer) => (take: (piece: Uint8Array) => Promise<void>) => take(content);
    await expect(blobs().putAs(kept, piece(other))).rejects.toThrow(WrongBytes);
    await expect(blobs().putAs(kept, piece(bytes.subarray(1)))).rejects.toThrow(WrongBytes);
    await expect(blobs().putAs({ ...kept, key: UNKNOWN }, piece(other))).rejects.toThrow(WrongBytes);
    const breaking = async (take: (piece: Uint8Array) => Promise<void>) => {
      await take(bytes.subarray(0, 1000));
      throw new Error('the source went away');
    };
    await expect(blobs().putAs({ ...kept, key: UNKNOWN }, breaking)).rejects.toThrow('the source went away');
    await expect(blobs().putAs(kept, breaking)).rejects.toThrow('the source went away');
    expect(await blobs().has(UNKNOWN)).toBe(false);
    expect(await keysOf(blobs())).toEqual(before);
    expect(await read(blobs(), kept.key, whole(bytes.length))).toEqual(bytes);
  });

  it('is in order', () => blobs().check());
});

describe('LocalBlobStore', () => {
  it('finds the keys that were last written before an instant', async () => {
    const store = new LocalBlobStore(path.join(root, 'times'));
    const [old, fresh] = [await store.put(chunks(bytes)), await store.put(chunks(bytes))];
    await utimes(path.join(root, 'times', relativePathOf(old.key)), new Date(0), new Date(0));
    const found: BlobKey[] = [];
    for await (const key of store.keysWrittenBefore(new Date(Date.now() - 60_000))) found.push(key);
    expect(found).toEqual([old.key]);
    expect(await store.has(fresh.key)).toBe(true);
  });

  it('tells of copies that a crash broke off as of blobs that nobody knows, and lists them nowhere', async () => {
    const folder = path.join(root, 'broken-off');
    const store = new LocalBlobStore(folder);
    await mkdir(path.join(folder, ARRIVING), { recursive: true });
    await writeFile(path.join(folder, ARRIVING, UNKNOWN), 'half of');
    for await (const entry of store.entries()) throw new Error(entry.key);
    expect(await keysOf(store)).toEqual([UNKNOWN]);
    await store.remove(UNKNOWN);
    expect(await readdir(path.join(folder, ARRIVING))).toEqual([]);
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

describe('S3BlobStore', () => {
  it('streams what is larger than a part, and hands out any part of it', async () => {
    const store = s3Store('large/');
    const large = Buffer.alloc(20 * 1024 * 1024, bytes);
    const kept = await store.put(Readable.from([large.subarray(0, 9_000_000), large.subarray(9_000_000)]));
    expect(kept).toMatchObject({ bytes: large.length, sha256: createHash('sha256').update(large).digest('hex') });
    const range = { start: 8 * 1024 * 1024 - 3, end: 8 * 1024 * 1024 + 2 };
    expect(await read(store, kept.key, range)).toEqual(large.subarray(range.start, range.end + 1));
  });

  it('copies what is larger than a part, and keeps nothing of it when its last byte is wrong', async () => {
    const store = s3Store('copies/');
    const large = Buffer.alloc(20 * 1024 * 1024, bytes);
    const blob = { key: UNKNOWN, bytes: large.length, sha256: createHash('sha256').update(large).digest('hex') };
    const give = (content: Buffer) => async (take: (piece: Uint8Array) => Promise<void>) => {
      for (let at = 0; at < content.length; at += 1024 * 1024) await take(content.subarray(at, at + 1024 * 1024));
    };
    const wrong = Buffer.from(large);
    wrong[wrong.length - 1] = 0;
    await expect(store.putAs(blob, give(wrong))).rejects.toThrow(WrongBytes);
    expect(await keysOf(store)).toEqual([]);
    await store.putAs(blob, give(large));
    expect(await store.hash(UNKNOWN, large.length)).toBe(blob.sha256);
  });

  it('keeps nothing of a large source that breaks', async () => {
    const store = s3Store('broken/');
    const source = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.alloc(20 * 1024 * 1024));
        throw new Error('the caller went away');
      })(),
    );
    await expect(store.put(source)).rejects.toThrow('the caller went away');
    expect(await keysOf(store)).toEqual([]);
  });

  it('finds keys below its prefix alone, written before an instant', async () => {
    const [store, other] = [s3Store('mine/'), s3Store('others/')];
    const [{ key }] = [await store.put(chunks(bytes)), await other.put(chunks(bytes))];
    await store.check();
    expect(await keysOf(store)).toEqual([key]);
    const early: BlobKey[] = [];
    for await (const found of store.keysWrittenBefore(new Date(0))) early.push(found);
    expect(early).toEqual([]);
  });

  it.each([
    ['nobody listens', () => ({ ...s3.location(''), endpoint: 'http://127.0.0.1:9' })],
    ['there is no such bucket', () => ({ ...s3.location(''), bucket: 'nothing-here' })],
  ])('says that the storage can not be used when %s', async (_case, location) => {
    const store = new S3BlobStore(s3Client(location()), location());
    const refusal = { kind: 'unavailable', code: 'storage_unavailable' };
    await expect(store.put(chunks(bytes))).rejects.toMatchObject(refusal);
    await expect(store.check()).rejects.toMatchObject(refusal);
    await expect(read(store, UNKNOWN, { start: 0, end: 1 })).rejects.toMatchObject(refusal);
  });

  it('ends with the error of whoever takes the bytes', async () => {
    const store = s3Store('taken/');
    const { key } = await store.put(chunks(bytes));
    const gone = store.read(key, { start: 0, end: bytes.length - 1 }, () => Promise.reject(new Error('gone')));
    await expect(gone).rejects.toThrow('gone');
  });
});
