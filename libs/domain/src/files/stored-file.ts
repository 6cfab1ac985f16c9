import {
  type BlobKey,
  type Data,
  Entity,
  type FileId,
  type FirmId,
  type FolderId,
  type UserId,
} from '../kernel/index.js';
import { fileErrors } from './file.errors.js';
import { fileName, requireSameExtension } from './file-name.js';

/** A file as the firm keeps it: its bytes are a blob, everything else is here. */
export class StoredFile extends Entity<StoredFile> {
  /** Given by the database when the file is added. */
  readonly id!: FileId;
  readonly firmId!: FirmId;
  readonly name!: string;
  /** The name under which it arrived. */
  readonly originalName!: string;
  readonly contentType!: string;
  readonly blobKey!: BlobKey;
  /** Null at the top level. */
  readonly parentId!: FolderId | null;
  readonly createdBy!: UserId;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  /** When it was archived; null while it is active. */
  readonly deletedAt!: Date | null;
  readonly version!: number;

  constructor(state: Omit<Data<StoredFile>, 'id' | 'version'>) {
    super();
    Object.assign(this, state);
  }

  /** @throws DomainError `invalid_name`, `extension_mismatch` (the extension stays: contract, section 4, "Change") */
  rename(raw: string, now: Date): void {
    const name = fileName(raw);
    requireSameExtension(name, this.name);
    if (name === this.name) return;
    this.change({ name, modifiedAt: now });
  }

  /** Nothing but the state changes, so that restoring is the exact inverse. */
  archive(now: Date): void {
    if (this.deletedAt) throw fileErrors.notFound(this.id);
    this.change({ deletedAt: now });
  }

  restore(): void {
    if (!this.deletedAt) throw fileErrors.notArchived(this.id);
    this.change({ deletedAt: null });
  }
}
