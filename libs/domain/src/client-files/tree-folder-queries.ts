import type { CountedList, FirmId, TreeFolderId } from '../kernel/index.js';
import type { FolderSort, PartRequest } from './client-file-queries.js';

/** A folder of the default tree as it is shown. */
export interface TreeFolderItem {
  readonly id: TreeFolderId;
  readonly name: string;
  /** Null at the top. */
  readonly parentId: TreeFolderId | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Reads of the default tree, which is nobody's secret inside its firm. */
export abstract class TreeFolderQueries {
  abstract list(firmId: FirmId, request: PartRequest<FolderSort>): Promise<CountedList<TreeFolderItem>>;

  abstract find(firmId: FirmId, id: TreeFolderId): Promise<TreeFolderItem | null>;
}
