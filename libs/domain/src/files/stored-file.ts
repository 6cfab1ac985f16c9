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

/** The content type of every folder (seed 004, "Resource overview"). */
export const FOLDER_TYPE = 'folder';

type New = Omit<Data<StoredFile>, 'id' | 'version' | 'deletedAt' | 'archivedWith'>;

/** A file or folder as the firm keeps it: one tree, one kind of record. The bytes of a file are a blob. */
export class StoredFile extends Entity<StoredFile> {
  /** Given by the database when the file is added. */
  readonly id!: FileId;
  readonly firmId!: FirmId;
  readonly isFolder!: boolean;
  readonly name!: string;
  /** The name under which it arrived. */
  readonly originalName!: string;
  /** `folder` for a folder. */
  readonly contentType!: string;
  /** Null for a folder. */
  readonly blobKey!: BlobKey | null;
  /** Null at the top level. */
  readonly parentId!: FolderId | null;
  readonly createdBy!: UserId;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  /** When it was archived itself; a file may also be archived because its folder is. */
  readonly deletedAt!: Date | null;
  /** The folder that was archived and took this folder along, or this folder; null for files and active folders. */
  readonly archivedWith!: FolderId | null;
  readonly version!: number;

  constructor(state: New & Partial<Pick<StoredFile, 'deletedAt' | 'archivedWith'>>) {
    super();
    Object.assign(this, { deletedAt: null, archivedWith: null, ...state });
  }

  /** A folder, which has neither bytes nor an extension. @throws DomainError `invalid_name` */
  static folder(state: Pick<New, 'firmId' | 'name' | 'parentId' | 'createdBy'>, now: Date): StoredFile {
    const name = fileName(state.name);
    return new StoredFile({
      ...state,
      isFolder: true,
      name,
      originalName: name,
      contentType: FOLDER_TYPE,
      blobKey: null,
      createdAt: now,
      modifiedAt: now,
    });
  }

  /** @throws DomainError `invalid_name`, `extension_mismatch` (the extension stays: contract, section 4, "Change") */
  rename(raw: string, now: Date): void {
    const name = fileName(raw);
    if (!this.isFolder) requireSameExtension(name, this.name);
    if (name === this.name) return;
    this.change({ name, modifiedAt: now });
  }

  /** Puts it into another folder, or to the top level. Whether it may stand there is for the tree to say. */
  moveTo(parentId: FolderId | null, now: Date): void {
    if (parentId === this.parentId) return;
    this.change({ parentId, modifiedAt: now });
  }

  /** Nothing but the state changes, so that restoring is the exact inverse. */
  archive(now: Date): void {
    if (this.deletedAt) throw fileErrors.notFound(this.id);
    this.change({ deletedAt: now, archivedWith: this.isFolder ? this.id : null });
  }

  /** Takes away its own mark, if it has one; whether its folder is active is for the tree to say. */
  restore(): void {
    this.change({ deletedAt: null, archivedWith: null });
  }
}
