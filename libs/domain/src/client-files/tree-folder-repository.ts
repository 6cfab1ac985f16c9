import type { FirmId, TreeFolderId } from '../kernel/index.js';
import type { TreeFolder } from './tree-folder.js';

/** The default tree of a firm, for what changes it; used inside a unit of work. */
export abstract class TreeFolderRepository {
  /** Waits until nobody else changes the firm's default tree or copies it for a new client; held until the unit ends. */
  abstract hold(firmId: FirmId): Promise<void>;

  /** Adds `folder` and gives it its id. */
  abstract add(folder: TreeFolder): Promise<void>;

  abstract find(firmId: FirmId, id: TreeFolderId): Promise<TreeFolder | null>;

  /** Removes `folder` and those below it; how many that were. */
  abstract remove(folder: TreeFolder): Promise<number>;
}
