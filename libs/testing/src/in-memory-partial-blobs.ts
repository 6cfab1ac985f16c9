import { createHash, randomUUID } from 'node:crypto';
import {
  type BlobKey,
  type BlobStore,
  DomainError,
  emptyBlob,
  type PartialBlob,
  PartialBlobs,
  PartialWriter,
  type StoredBlob,
} from '@portico/domain/kernel';

/** Bytes that grow in memory until the blob store has them. */
export class InMemoryPartialBlobs extends PartialBlobs {
  /** What was written, also behind what counts. */
  readonly written = new Map<BlobKey, Buffer>();

  constructor(private readonly blobs: BlobStore) {
    super();
  }

  begin(): PartialBlob {
    return emptyBlob(randomUUID() as BlobKey);
  }

  resume(partial: PartialBlob): Promise<PartialWriter> {
    return Promise.resolve(new InMemoryPartialWriter(this.written, partial, this.countedOf(partial)));
  }

  async complete(partial: PartialBlob): Promise<StoredBlob> {
    const counted = this.countedOf(partial);
    const sha256 = createHash('sha256').update(counted).digest('hex');
    const blob = { key: partial.key, bytes: partial.bytes, sha256 };
    await this.blobs.putAs(blob, (take) => take(counted));
    return blob;
  }

  async drop({ key }: Pick<PartialBlob, 'key'>): Promise<void> {
    this.written.delete(key);
    await this.blobs.remove(key);
  }

  /** @throws DomainError `blob_missing` when there are fewer */
  private countedOf({ key, bytes }: PartialBlob): Buffer {
    const written = this.written.get(key) ?? Buffer.alloc(0);
    if (written.length < bytes) throw new DomainError('unavailable', 'blob_missing', 'The bytes are not there');
    return written.subarray(0, bytes);
  }
}

class InMemoryPartialWriter extends PartialWriter {
  constructor(
    private readonly all: Map<BlobKey, Buffer>,
    private readonly partial: PartialBlob,
    private bytes: Buffer,
  ) {
    super();
    all.set(partial.key, bytes);
  }

  write(piece: Uint8Array): Promise<void> {
    this.bytes = Buffer.concat([this.bytes, piece]);
    this.all.set(this.partial.key, this.bytes);
    return Promise.resolve();
  }

  reached(): Promise<PartialBlob> {
    return Promise.resolve({ ...this.partial, bytes: this.bytes.length });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
