import type { Actor, BlobKey, EntityId, FileId, FolderId, GroupId, Page, PageRequest } from '../kernel/index.js';
import type { CreatedWithin } from './created-within.js';

/** Whether it is in use or in the archive, itself or with a folder above it. */
export type FileState = 'active' | 'archived';

/** A file or folder as lists and single reads show it. */
export interface FileListItem {
  readonly id: FileId;
  readonly isFolder: boolean;
  readonly name: string;
  readonly contentType: string;
  /** Null for a folder, and so is `sha256`. */
  readonly bytes: number | null;
  /** Lower-case hex. */
  readonly sha256: string | null;
  /** Null at the top level. */
  readonly parentId: FolderId | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** When it was archived, itself or with its folder. */
  readonly deletedAt: Date | null;
  /** Effective associations, each ascending. */
  readonly groupIds: readonly GroupId[];
  readonly entityIds: readonly EntityId[];
}

/** What a download needs to know. */
export interface FileContent {
  readonly name: string;
  readonly blobKey: BlobKey;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Which of them; what is not given is no condition. */
export interface FileFilter {
  readonly created?: CreatedWithin;
  /** Associated with this entity, or through a folder above. */
  readonly entityId?: EntityId;
  /** The same for a group; an entity wins over it. */
  readonly groupId?: GroupId;
  readonly kind?: 'files' | 'folders';
  /** Directly in this folder; null: at the top level. */
  readonly parentId?: FolderId | null;
}

/** Reads that decide nothing. What `actor` may not read is not there (contract, section 2, "Data access"). */
export abstract class FileQueries {
  /** The file or folder in that state, if it meets the filter; else null. */
  abstract find(actor: Actor, state: FileState, id: FileId, filter?: FileFilter): Promise<FileListItem | null>;

  /** One page of the files and folders in that state, in ascending id order. */
  abstract list(actor: Actor, state: FileState, page: PageRequest, filter?: FileFilter): Promise<Page<FileListItem>>;

  /** What stands behind a file; `folder` when it is one. */
  abstract findContent(actor: Actor, state: FileState, id: FileId): Promise<FileContent | 'folder' | null>;
}
