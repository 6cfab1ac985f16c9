import type { Actor, Clock, TreeFolderId, UnitOfWork } from '../kernel/index.js';
import type { FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import { clientFileErrors } from './client-file.errors.js';
import type { TreeCopies } from './tree-copies.js';
import { requireAllData } from './tree-folder.js';
import type { TreeFolderRepository } from './tree-folder-repository.js';

/** Deletes a folder of the default tree with those below it; the clients keep theirs, as their own. */
export class DeleteTreeFolder {
  constructor(
    private readonly folders: TreeFolderRepository,
    private readonly copies: TreeCopies,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `all_data_needed`, `tree_folder_not_found` */
  async execute(actor: Actor, { id }: { id: TreeFolderId }): Promise<void> {
    requireAllData(actor);
    const { firmId } = actor;
    await this.unitOfWork.run(async () => {
      await this.folders.hold(firmId);
      await this.tree.hold(firmId, 'fill');
      const folder = await this.folders.find(firmId, id);
      if (!folder) throw clientFileErrors.treeFolderNotFound(id);
      const copies = await this.copies.release(actor, folder, this.clock.now());
      const folders = await this.folders.remove(folder);
      const subject = { type: 'tree_folder', id };
      const details = { name: folder.name, folders, copies };
      await this.history.record(actor, { action: 'tree_folder.deleted', subject, details });
    });
  }
}
