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
  /** Of files that were put at a place of their folder. */
  private readonly positions = new Map<FileId, number>();
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

  reorder(file: StoredFile, priority: number): Promise<void> {
    const order = this.inOrder(file).filter(({ id }) => id !== file.id);
    order.splice(priority - 1, 0, file);
    order.forEach(({ id }, index) => this.positions.set(id, index + 1));
    return Promise.resolve();
  }

  /** The active files beside `file`, itself among them, in the order of their priority. */
  inOrder({ firmId, parentId }: StoredFile): StoredFile[] {
    const positionOf = ({ id }: StoredFile) => this.positions.get(id) ?? Infinity;
    return [...this.files.values()]
      .filter((one) => one.firmId === firmId && one.parentId === parentId && !one.isFolder && !one.deletedAt)
      .sort((one, other) => positionOf(one) - positionOf(other) || Number(one.id) - Number(other.id));
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
