import { type FileReach, FileRepository, type StoredFile } from '@portico/domain/files';
import {
  type BlobKey,
  type BlobStore,
  DomainError,
  type FileId,
  type FirmId,
  type StoredBlob,
  type UserId,
} from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

/** An association of a file, by the users to whom it is permitted. */
interface Association {
  readonly fileId: FileId;
  readonly permittedTo: readonly UserId[];
}

export class InMemoryFileRepository extends FileRepository implements Reversible {
  readonly files = new Map<FileId, StoredFile>();
  readonly blobKeys = new Set<BlobKey>();
  readonly associations: Association[] = [];

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

  reachOf(_firmId: FirmId, file: StoredFile, userId: UserId): Promise<FileReach> {
    const own = this.associations.filter((association) => association.fileId === file.id);
    const permitted = own.filter((association) => association.permittedTo.includes(userId));
    return Promise.resolve({ createdBy: file.createdBy, associations: own.length, permitted: permitted.length });
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
