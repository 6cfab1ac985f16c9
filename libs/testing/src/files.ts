import { Readable } from 'node:stream';
import { StoredFile, UploadFile } from '@portico/domain/files';
import type { BlobKey, FirmId, UserId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryBlobStore } from './in-memory-blob-store.js';
import { InMemoryFileRepository } from './in-memory-file-repository.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

/** An active file of firm 1 at the top level, not yet added anywhere, changed by `changes`. */
export function aFile(changes: Partial<ConstructorParameters<typeof StoredFile>[0]> = {}): StoredFile {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  return new StoredFile({
    firmId: '1' as FirmId,
    name: 'Sample.pdf',
    originalName: 'Sample.pdf',
    contentType: 'application/pdf',
    blobKey: '00000000-0000-4000-8000-00000000b10b' as BlobKey,
    parentId: null,
    createdBy: '11' as UserId,
    createdAt,
    modifiedAt: createdAt,
    deletedAt: null,
    ...changes,
  });
}

/** In-memory adapters that know each other, for the use cases about files. */
export class FileBench {
  readonly clock = new FixedClock();
  readonly blobs = new InMemoryBlobStore(this.clock);
  readonly files = new InMemoryFileRepository(this.blobs);
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.files, this.history]);
  readonly uploadFile = new UploadFile(this.files, this.history, this.unitOfWork, this.clock);

  /** Puts `text` into the blob store. */
  blob(text = 'bytes') {
    return this.blobs.put(Readable.from([Buffer.from(text)]));
  }

  /** Adds a file as `aFile` makes it. */
  async with(changes: Parameters<typeof aFile>[0] = {}): Promise<StoredFile> {
    const file = aFile(changes);
    await this.files.add(file);
    return file;
  }
}
