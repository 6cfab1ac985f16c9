import type { Actor, FileId, FirmId, FolderId, UserId } from '../kernel/index.js';
import type { Reach } from '../identity/index.js';

/** How a file or folder stands in the tree. */
export interface Place {
  readonly id: FileId;
  readonly name: string;
  readonly isFolder: boolean;
  /** Archived itself, or with a folder above it. */
  readonly isArchived: boolean;
  /** The folders above it. */
  readonly depth: number;
  readonly reach: Reach;
}

/**
 * What a unit of work does to the tree: `fill` puts something into folders or takes it out, which many do at once;
 * `shape` moves, archives or restores folders, which one does alone.
 */
export type TreeChange = 'fill' | 'shape';

/** The tree of files and folders of a firm; used inside a unit of work. */
export abstract class FolderTree {
  /** Waits until no other change of the firm's tree stands against this one; held until the unit of work ends. */
  abstract hold(firmId: FirmId, change: TreeChange): Promise<void>;

  /** The file or folder as it stands now, and to `userId`. */
  abstract find(firmId: FirmId, id: FileId, userId: UserId): Promise<Place | null>;

  /** The active folders of that name in `parentId` (null: at the top) that `actor` may read: at most two of them. */
  abstract listNamed(actor: Actor, parentId: FolderId | null, name: string): Promise<readonly FolderId[]>;

  /** Whether `folderId` is `ancestorId` or stands below it. */
  abstract isWithin(firmId: FirmId, folderId: FolderId, ancestorId: FolderId): Promise<boolean>;

  /** How many levels of folders stand below it. */
  abstract heightOf(firmId: FirmId, folderId: FolderId): Promise<number>;

  /**
   * A file or folder below `folderId` that `actor` may not change; null when there is none. What was archived before
   * counts too when `archived` is set.
   */
  abstract findUnchangeableBelow(
    actor: Actor,
    folderId: FolderId,
    include: { archived: boolean },
  ): Promise<FileId | null>;

  /** Archives every active folder below `folderId` with it, and so what is in them. Answers what went along. */
  abstract archiveBelow(firmId: FirmId, folderId: FolderId, now: Date): Promise<Contents>;

  /** Takes the folders below `folderId` that were archived with `archivedWith` out of the archive. */
  abstract restoreBelow(firmId: FirmId, folderId: FolderId, archivedWith: FolderId): Promise<Contents>;
}

/** How much stands in a folder, at any depth. */
export interface Contents {
  readonly folders: number;
  readonly files: number;
}
