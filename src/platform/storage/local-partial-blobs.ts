import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type BlobKey,
  DomainError,
  emptyBlob,
  type PartialBlob,
  PartialBlobs,
  PartialWriter,
  type StoredBlob,
} from '@portico/domain/kernel';
import { syncDirectory } from './durable.js';
import { makeDurably, relativePathOf } from './local-blob-store.js';
import { RunningHash } from './running-hash.js';
import { storageErrorOf } from './storage-errors.js';

/** Blobs that grow at the place where the store of files has them: what is behind the counted bytes is cut off. */
export class LocalPartialBlobs extends PartialBlobs {
  constructor(private readonly root: string) {
    super();
  }

  begin(): PartialBlob {
    return emptyBlob(randomUUID() as BlobKey);
  }

  async resume(partial: PartialBlob): Promise<PartialWriter> {
    return translated(async () => new LocalPartialWriter(partial, await this.cut(partial), await hashOf(partial)));
  }

  async complete(partial: PartialBlob): Promise<StoredBlob> {
    return translated(async () => {
      const file = await this.cut(partial);
      await closeAfter(file, () => file.sync());
      return { key: partial.key, bytes: partial.bytes, sha256: (await hashOf(partial)).digest() };
    });
  }

  async drop({ key }: Pick<PartialBlob, 'key'>): Promise<void> {
    await translated(() => rm(this.pathOf(key), { force: true }));
  }

  /** The file, with the bytes that count and no others. */
  private async cut({ key, bytes }: PartialBlob): Promise<FileHandle> {
    const file = bytes === 0 ? await this.make(key) : await this.openGrown(key);
    try {
      const { size } = await file.stat();
      if (size < bytes) throw blobMissing();
      if (size > bytes) await file.truncate(bytes);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private async make(key: BlobKey): Promise<FileHandle> {
    const name = this.pathOf(key);
    await makeDurably(path.dirname(name), this.root);
    const file = await open(name, 'w', 0o600);
    await syncDirectory(path.dirname(name));
    return file;
  }

  private async openGrown(key: BlobKey): Promise<FileHandle> {
    try {
      return await open(this.pathOf(key), 'r+');
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? blobMissing() : error;
    }
  }

  private pathOf(key: BlobKey): string {
    return path.join(this.root, relativePathOf(key));
  }
}

class LocalPartialWriter extends PartialWriter {
  private bytes: number;

  constructor(
    private readonly partial: PartialBlob,
    private readonly file: FileHandle,
    private readonly hash: RunningHash,
  ) {
    super();
    this.bytes = partial.bytes;
  }

  /** A piece that the disk takes in part does not count: hash and bytes go on together, when all of it is there. */
  async write(piece: Uint8Array): Promise<void> {
    await translated(() => this.writeAll(piece));
    this.hash.update(piece);
    this.bytes += piece.length;
  }

  async reached(): Promise<PartialBlob> {
    const reached = { ...this.partial, bytes: this.bytes, hash: this.hash.keep() };
    await translated(() => this.file.datasync());
    return reached;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async writeAll(piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.length;) {
      const { bytesWritten } = await this.file.write(piece, done, piece.length - done, this.bytes + done);
      done += bytesWritten;
    }
  }
}

const hashOf = ({ hash }: PartialBlob): Promise<RunningHash> => RunningHash.from(hash);

async function closeAfter(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await file.close();
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageErrorOf(error);
  }
}

function blobMissing(): DomainError {
  return new DomainError('unavailable', 'blob_missing', 'The bytes of this upload are not in the storage; begin anew');
}
