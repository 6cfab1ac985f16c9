import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BlobKey, BlobStore, ByteRange } from '@portico/domain/kernel';

/** The files in the blob store of an installation, relative to its root. */
export async function blobsIn(dataDir: string): Promise<string[]> {
  const root = path.join(dataDir, 'blobs');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** All keys that the store knows, leftovers included. */
export async function keysOf(store: BlobStore): Promise<BlobKey[]> {
  const keys: BlobKey[] = [];
  for await (const key of store.keysWrittenBefore(new Date(Date.now() + 1e12))) keys.push(key);
  return keys.sort();
}

/** All of a blob of that size. */
export const whole = (size: number): ByteRange => ({ start: 0, end: size - 1 });

/** The bytes in a range. The pieces are copied, because their memory is used again. */
export async function readBlob(blobs: BlobStore, key: BlobKey, range: ByteRange): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await blobs.read(key, range, async (piece) => {
    pieces.push(Buffer.from(piece));
  });
  return Buffer.concat(pieces);
}
