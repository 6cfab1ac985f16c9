import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type BlobRow, inStep } from '@portico/domain/files';
import type { BlobKey, FirmId } from '@portico/domain/kernel';

/** What a snapshot's list of blobs is written by: in the order of the keys, and the same in every version. */
export const BLOB_LIST = `copy (select key, firm_id, bytes, encode(sha256, 'hex') from blobs order by key) to stdout`;

/** The blobs of a snapshot, in the order of their keys. */
export async function* blobsIn(file: string): AsyncIterable<BlobRow> {
  const source = createReadStream(file);
  const text = source.pipe(createGunzip()).setEncoding('latin1');
  source.once('error', (error) => text.destroy(error));
  try {
    let rest = '';
    for await (const piece of text) {
      const lines = (rest + String(piece)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.map(rowOf);
    }
    if (rest !== '') throw new Error('the list of blobs is cut off');
  } finally {
    source.destroy();
    text.destroy();
  }
}

/** What is in any of the lists, once each, in the order of the keys. */
export function inAny(lists: readonly AsyncIterable<BlobRow>[]): AsyncIterable<BlobRow> {
  return lists.reduce((all, list) => either(all, list), none());
}

async function* either(some: AsyncIterable<BlobRow>, others: AsyncIterable<BlobRow>): AsyncIterable<BlobRow> {
  for await (const [one, other] of inStep(some, others)) {
    const row = one ?? other;
    if (row) yield row;
  }
}

async function* none(): AsyncIterable<BlobRow> {}

function rowOf(line: string): BlobRow {
  const [key, firmId, bytes, sha256] = line.split('\t');
  if (!key || !firmId || !bytes || !sha256) throw new Error('the list of blobs is damaged');
  return { key: key as BlobKey, firmId: firmId as FirmId, bytes: Number(bytes), sha256 };
}
