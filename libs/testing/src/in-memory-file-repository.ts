import { FileRepository, type StoredFile } from '@portico/domain/files';
import {
  type BlobKey,
  type BlobStore,
  DomainError,
  type FileId,
  type FirmId,
  type StoredBlob,
} from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryFileRepository extends FileRepository implements Reversible {
  readonly files = new Map<FileId, StoredFile>();
  readonly blobKeys = new Set<BlobKey>();

  constructor(private readonly blobs: BlobStore) {
    super();
  }

  async addBlob(_firmId: FirmId, blob: StoredBlob): Promise<void> {
    if (!(await this.blobs.has(blob.key))) throw new DomainError('unavailable', 'blob_missing', 'The bytes are gone');
    this.blobKeys.add(blob.key);
  }

  add(file: StoredFile): Promise<void> {
    Object.assign(file, { id: String(this.files.size + 1), version: 1 });
    this.files.set(file.id, file);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: FileId): Promise<StoredFile | null> {
    const file = this.files.get(id);
    return Promise.resolve(file?.firmId === firmId ? file : null);
  }

  snapshot(): () => void {
    const states = new Map([...this.files].map(([id, file]) => [id, { ...file }]));
    const keys = new Set(this.blobKeys);
    return () => {
      for (const [id, file] of [...this.files]) {
        const state = states.get(id);
        if (state) Object.assign(file, state);
        else this.files.delete(id);
      }
      for (const key of [...this.blobKeys]) if (!keys.has(key)) this.blobKeys.delete(key);
    };
  }
}
