import type { Actor, Clock, TreeFolderId, UnitOfWork } from '../kernel/index.js';
import type { FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import { clientFileErrors } from './client-file.errors.js';
import type { TreeCopies } from './tree-copies.js';
import { requireAllData } from './tree-folder.js';
import type { TreeFolderRepository } from './tree-folder-repository.js';

/** Renames a folder of the default tree, and its copies where the clients have left them as they were. */
export class RenameTreeFolder {
  constructor(
    private readonly folders: TreeFolderRepository,
    private readonly copies: TreeCopies,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `all_data_needed`, `tree_folder_not_found`, `invalid_name` */
  async execute(actor: Actor, { id, name }: { id: TreeFolderId; name: string }): Promise<void> {
    requireAllData(actor);
    const { firmId } = actor;
    await this.unitOfWork.run(async () => {
      await this.folders.hold(firmId);
      await this.tree.hold(firmId, 'fill'); // whoever archives locks many folders, in an order of their own
      const folder = await this.folders.find(firmId, id);
      if (!folder) throw clientFileErrors.treeFolderNotFound(id);
      const from = folder.name;
      folder.rename(name, this.clock.now());
      if (folder.name === from) return;
      const clients = await this.copies.rename(actor, folder);
      const subject = { type: 'tree_folder', id };
      const details = { from, to: folder.name, clients };
      await this.history.record(actor, { action: 'tree_folder.renamed', subject, details });
    });
  }
}
