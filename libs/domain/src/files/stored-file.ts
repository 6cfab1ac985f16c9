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
import { captionedName, fileName, requireSameExtension } from './file-name.js';

/** The content type of every folder (seed 004, "Resource overview"). */
export const FOLDER_TYPE = 'folder';

type New = Omit<Data<StoredFile>, 'id' | 'version' | keyof typeof UNLESS_GIVEN>;

/** What a file or folder is, unless something else is said. */
const UNLESS_GIVEN = { deletedAt: null, archivedWith: null, hidesExtension: false };

/** A file or folder as the firm keeps it: one tree, one kind of record. The bytes of a file are a blob. */
export class StoredFile extends Entity<StoredFile> {
  /** Given by the database when the file is added. */
  readonly id!: FileId;
  readonly firmId!: FirmId;
  readonly isFolder!: boolean;
  readonly name!: string;
  /** Whether the extension of the name is not part of what the Back Office calls the file: its caption. */
  readonly hidesExtension!: boolean;
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

  constructor(state: New & Partial<Pick<StoredFile, keyof typeof UNLESS_GIVEN>>) {
    super();
    Object.assign(this, { ...UNLESS_GIVEN, ...state });
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

  /** Gives a file another caption; its extension stays, in the caption or behind it. @throws DomainError `invalid_name` */
  recaption(raw: string, now: Date): void {
    const { name, hidesExtension } = this.isFolder
      ? { name: fileName(raw), hidesExtension: false }
      : captionedName(raw, this.name);
    if (name === this.name && hidesExtension === this.hidesExtension) return;
    this.change({ name, hidesExtension, modifiedAt: now });
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
