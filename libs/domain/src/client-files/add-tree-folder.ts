import type { Actor, Clock, TreeFolderId, UnitOfWork } from '../kernel/index.js';
import type { FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import { clientFileErrors } from './client-file.errors.js';
import type { TreeCopies } from './tree-copies.js';
import { requireAllData, TreeFolder } from './tree-folder.js';
import type { TreeFolderRepository } from './tree-folder-repository.js';

/** Adds a folder to the default tree; it appears with every client (contract, section 6, "Default folder tree"). */
export class AddTreeFolder {
  constructor(
    private readonly folders: TreeFolderRepository,
    private readonly copies: TreeCopies,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The id of the new folder, which stands in `parentId`; null: at the top.
   * @throws DomainError `all_data_needed`, `tree_folder_not_found`, `invalid_name`, `tree_too_deep`
   */
  async execute(actor: Actor, input: { name: string; parentId: TreeFolderId | null }): Promise<TreeFolderId> {
    requireAllData(actor);
    const { firmId } = actor;
    const { name, parentId } = input;
    return this.unitOfWork.run(async () => {
      await this.folders.hold(firmId);
      await this.tree.hold(firmId, 'fill');
      const parent = parentId === null ? null : await this.folders.find(firmId, parentId);
      if (parentId !== null && !parent) throw clientFileErrors.treeFolderNotFound(parentId);
      const folder = TreeFolder.in(parent, { firmId, name }, this.clock.now());
      await this.folders.add(folder);
      const clients = await this.copies.add(actor, folder);
      const subject = { type: 'tree_folder', id: folder.id };
      const details = { name: folder.name, parentId, clients };
      await this.history.record(actor, { action: 'tree_folder.created', subject, details });
      return folder.id;
    });
  }
}
