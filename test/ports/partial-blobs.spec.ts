import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlobKey, BlobStore, PartialBlob, PartialBlobs } from '@portico/domain/kernel';
import { FixedClock, InMemoryBlobStore, InMemoryPartialBlobs } from '@portico/testing';
import { LocalBlobStore, relativePathOf } from '../../src/platform/storage/local-blob-store.js';
import { LocalPartialBlobs } from '../../src/platform/storage/local-partial-blobs.js';
import { S3BlobStore, s3Client } from '../../src/platform/storage/s3/s3-blob-store.js';
import { S3PartialBlobs } from '../../src/platform/storage/s3/s3-partial-blobs.js';
import { canMount, SmallFilesystem } from '../running/small-filesystem.js';
import { S3_CREDENTIALS, S3Server } from '../support/s3-server.js';

/** More than two parts of an upload to S3. */
const bytes = randomBytes(17 * 1024 * 1024 + 5);
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

interface Stores {
  readonly blobs: BlobStore;
  readonly partials: PartialBlobs;
}

let root: string;
let s3: S3Server;
beforeAll(async () => {
  Object.assign(process.env, S3_CREDENTIALS);
  root = await mkdtemp(path.join(tmpdir(), 'portico-partials-'));
  s3 = await S3Server.start();
});
afterAll(async () => {
  await s3.stop();
  await rm(root, { recursive: true, force: true });
});

const inMemory = (): Stores => {
  const blobs = new InMemoryBlobStore(new FixedClock());
  return { blobs, partials: new InMemoryPartialBlobs(blobs) };
};
const local = (): Stores => ({ blobs: new LocalBlobStore(root), partials: new LocalPartialBlobs(root) });
const onS3 = (): Stores => {
  const location = s3.location('partial/');
  const client = s3Client(location);
  return { blobs: new S3BlobStore(client, location), partials: new S3PartialBlobs(client, location) };
};

/** What is kept of `partial` when it is written down and read again. */
const kept = (partial: PartialBlob): PartialBlob => ({
  ...partial,
  hash: partial.hash && Uint8Array.from(Buffer.from(partial.hash)),
  parts: JSON.parse(JSON.stringify(partial.parts)) as PartialBlob['parts'],
});

/** Writes what follows, up to `end`, in pieces; answers what is to be kept. */
async function grown(partials: PartialBlobs, partial: PartialBlob, end: number): Promise<PartialBlob> {
  const writer = await partials.resume(partial);
  const step = 1024 * 1024 + 1;
  for (let at = partial.bytes; at < end; at += step) await writer.write(bytes.subarray(at, Math.min(at + step, end)));
  const reached = await writer.reached();
  await writer.close();
  return kept(reached);
}

async function read(blobs: BlobStore, key: BlobKey, size: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await blobs.read(key, { start: 0, end: size - 1 }, async (piece) => {
    pieces.push(Buffer.from(piece));
  });
  return Buffer.concat(pieces);
}

describe.each([
  ['InMemoryPartialBlobs', inMemory],
  ['LocalPartialBlobs', local],
  ['S3PartialBlobs', onS3],
])('the PartialBlobs %s', (_name, make) => {
  it('grow over several requests and instances, and are a blob with one hash in the end', async () => {
    const { blobs, partials } = make();
    let partial = partials.begin();
    for (const end of [5, 9_000_000, 9_000_001, bytes.length])
      partial = await grown(make === inMemory ? partials : make().partials, partial, end);
    expect(partial.bytes).toBe(bytes.length);
    const blob = await partials.complete(partial);
    expect(blob).toEqual({ key: partial.key, bytes: bytes.length, sha256: hashOf(bytes) });
    expect((await read(blobs, blob.key, blob.bytes)).equals(bytes)).toBe(true);
    expect(await partials.complete(partial)).toEqual(blob); // as after a crash
  });

  it('count nothing that was written and not reached', async () => {
    const { blobs, partials } = make();
    const partial = await grown(partials, partials.begin(), 9_000_000);
    const writer = await partials.resume(partial);
    await writer.write(Buffer.alloc(9 * 1024 * 1024, 'x')); // and then the server ends
    await writer.close();
    const blob = await partials.complete(await grown(partials, partial, bytes.length));
    expect(blob.sha256).toBe(hashOf(bytes));
    expect((await read(blobs, blob.key, blob.bytes)).equals(bytes)).toBe(true);
  });

  it('tell what had been reached when they were asked, while more is written', async () => {
    const { partials } = make();
    const writer = await partials.resume(partials.begin());
    await writer.write(bytes.subarray(0, 10));
    const reaching = writer.reached();
    await writer.write(bytes.subarray(10, 9_000_000));
    const first = kept(await reaching);
    await writer.close();
    expect(first.bytes).toBe(10);
    expect((await partials.complete(await grown(partials, first, 20))).sha256).toBe(hashOf(bytes.subarray(0, 20)));
  });

  it('are a blob without bytes as well', async () => {
    const { blobs, partials } = make();
    const blob = await partials.complete(partials.begin());
    expect([blob.bytes, blob.sha256, await blobs.has(blob.key)]).toEqual([0, hashOf(Buffer.alloc(0)), true]);
  });

  it('are gone when they are dropped, also when they are gone already', async () => {
    const { blobs, partials } = make();
    const partial = await grown(partials, partials.begin(), 9_000_000);
    await partials.drop(partial);
    await partials.drop(partial);
    await partials.drop(partials.begin());
    expect(await blobs.has(partial.key)).toBe(false);
  });
});

describe('LocalPartialBlobs', () => {
  const fileOf = (key: BlobKey): string => path.join(root, relativePathOf(key));

  it('cut off what does not count, and miss what does', async () => {
    const { blobs, partials } = local();
    const partial = await grown(partials, partials.begin(), 100);
    await appendFile(fileOf(partial.key), 'left by a crash');
    const blob = await partials.complete(partial);
    expect(await blobs.hash(blob.key, 100)).toBe(blob.sha256);
    expect((await read(blobs, blob.key, 100)).equals(bytes.subarray(0, 100))).toBe(true);
    await truncate(fileOf(partial.key), 99);
    for (const work of [() => partials.resume(partial), () => partials.complete(partial)])
      await expect(work()).rejects.toMatchObject({ kind: 'unavailable', code: 'blob_missing' });
  });

  (canMount() ? it : it.skip)('keep what a disk has taken before it was full, with its hash', async () => {
    const small = new SmallFilesystem(await mkdtemp(path.join(root, 'small-')), 8);
    try {
      const folder = path.join(small.directory, 'blobs');
      const partials = new LocalPartialBlobs(folder);
      const writer = await partials.resume(partials.begin());
      const fill = async () => {
        for (let at = 0; at < bytes.length; at += 1_000_001) await writer.write(bytes.subarray(at, at + 1_000_001));
      };
      await expect(fill()).rejects.toMatchObject({ code: 'storage_full' });
      const reached = await writer.reached();
      await writer.close();
      expect(reached.bytes).toBeGreaterThan(0);
      const blob = await partials.complete(reached);
      expect(blob.sha256).toBe(hashOf(bytes.subarray(0, reached.bytes)));
      expect(await new LocalBlobStore(folder).hash(blob.key, blob.bytes)).toBe(blob.sha256);
    } finally {
      await small.remove();
    }
  });

  it('say that the storage can not be used when its folder is a file', async () => {
    const partials = new LocalPartialBlobs(import.meta.filename);
    await expect(partials.resume(partials.begin())).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

describe('S3PartialBlobs', () => {
  it('say that the storage can not be used when nobody listens', async () => {
    const location = { ...s3.location(''), endpoint: 'http://127.0.0.1:9' };
    const partials = new S3PartialBlobs(s3Client(location), location);
    const writing = async () => {
      const writer = await partials.resume(partials.begin());
      await writer.write(bytes);
      await writer.reached();
    };
    await expect(writing()).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});
