import type { Actor, BlobKey, EntityId, FileId, FolderId, GroupId, Page, PageRequest } from '../kernel/index.js';
import type { CreatedWithin } from './created-within.js';

/** Whether a file is in use or in the archive. */
export type FileState = 'active' | 'archived';

/** A file as lists and single reads show it. */
export interface FileListItem {
  readonly id: FileId;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Null at the top level. */
  readonly parentId: FolderId | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
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

/** Reads that decide nothing. What `actor` may not read is not there (contract, section 2, "Data access"). */
export abstract class FileQueries {
  /** The file in that state, if it meets the condition; else null. */
  abstract find(actor: Actor, state: FileState, id: FileId, created?: CreatedWithin): Promise<FileListItem | null>;

  /** One page of the files in that state, in ascending id order. */
  abstract list(
    actor: Actor,
    state: FileState,
    page: PageRequest,
    created?: CreatedWithin,
  ): Promise<Page<FileListItem>>;

  abstract findContent(actor: Actor, state: FileState, id: FileId): Promise<FileContent | null>;
}
