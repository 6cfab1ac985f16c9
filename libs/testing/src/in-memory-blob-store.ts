import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  type BlobEntry,
  type BlobKey,
  BlobStore,
  type ByteRange,
  type Clock,
  DomainError,
  type GiveBytes,
  type StoredBlob,
  type TakeBytes,
  WrongBytes,
} from '@portico/domain/kernel';

export class InMemoryBlobStore extends BlobStore {
  private readonly blobs = new Map<BlobKey, { bytes: Buffer; writtenAt: Date }>();

  constructor(private readonly clock: Clock) {
    super();
  }

  async put(source: Readable): Promise<StoredBlob> {
    const bytes = await buffer(source);
    const key = randomUUID() as BlobKey;
    this.blobs.set(key, { bytes, writtenAt: this.clock.now() });
    return { key, bytes: bytes.length, sha256: hashOf(bytes) };
  }

  async putAs({ key, bytes: size, sha256 }: StoredBlob, give: GiveBytes): Promise<void> {
    const pieces: Buffer[] = [];
    await give((piece) => {
      pieces.push(Buffer.from(piece));
      return Promise.resolve();
    });
    const bytes = Buffer.concat(pieces);
    if (bytes.length !== size || hashOf(bytes) !== sha256) throw new WrongBytes('other bytes came than were announced');
    this.blobs.set(key, { bytes, writtenAt: this.clock.now() });
  }

  async read(key: BlobKey, range: ByteRange, take: TakeBytes): Promise<void> {
    const blob = this.blobs.get(key);
    if (!blob) throw new DomainError('unavailable', 'blob_missing', 'The bytes are not there');
    if (range.end >= range.start) await take(blob.bytes.subarray(range.start, range.end + 1));
  }

  hash(key: BlobKey, bytes: number): Promise<string> {
    const content = this.blobs.get(key)?.bytes.subarray(0, bytes) ?? Buffer.alloc(0);
    return Promise.resolve(hashOf(content));
  }

  has(key: BlobKey): Promise<boolean> {
    return Promise.resolve(this.blobs.has(key));
  }

  remove(key: BlobKey): Promise<void> {
    this.blobs.delete(key);
    return Promise.resolve();
  }

  async *keysWrittenBefore(instant: Date): AsyncIterable<BlobKey> {
    for (const [key, { writtenAt }] of this.blobs) if (writtenAt < instant) yield await Promise.resolve(key);
  }

  async *entries(): AsyncIterable<BlobEntry> {
    const byKey = [...this.blobs].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [key, { bytes, writtenAt }] of byKey)
      yield await Promise.resolve({ key, bytes: bytes.length, writtenAt });
  }

  /** Other bytes under the same key: what a broken disk does. */
  damage(key: BlobKey, bytes: Buffer): void {
    const blob = this.blobs.get(key);
    if (blob) this.blobs.set(key, { ...blob, bytes });
  }

  check(): Promise<void> {
    return Promise.resolve();
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
