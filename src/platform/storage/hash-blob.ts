import { createHash } from 'node:crypto';
import type { BlobKey, BlobStore } from '@portico/domain/kernel';

/** The hash of the first `bytes` of a blob, in lower-case hex. @throws as `BlobStore.read` does */
export async function hashBlob(store: Pick<BlobStore, 'read'>, key: BlobKey, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const update = (piece: Uint8Array): Promise<void> => {
    hash.update(piece);
    return Promise.resolve();
  };
  await store.read(key, { start: 0, end: bytes - 1 }, update);
  return hash.digest('hex');
}
