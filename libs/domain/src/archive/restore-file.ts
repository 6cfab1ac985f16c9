import type { Actor, Clock, FileId, FolderId, UnitOfWork } from '../kernel/index.js';
import { changeableFile, type FileRepository, holdFor, type StoredFile } from '../files/index.js';
import { destination, folderErrors, type FolderTree, requireChangeableBelow, requireRoom } from '../folders/index.js';
import type { History } from '../history/index.js';
import { canRead } from '../identity/index.js';

/** Takes a file, or a folder with what went along, out of the archive as it was (contract, section 4, "Routes"). */
export class RestoreFile {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * To its own folder, also when the actor may not put anything there, or to `parentId` when one is given.
   * @throws DomainError `archived_file_not_found`, `file_not_changeable`, `folder_archived` (its folder is, and no other
   *   is given), `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `folder_content_not_changeable`,
   *   `folder_too_deep`
   */
  async execute(actor: Actor, input: { id: FileId; parentId?: FolderId | null }): Promise<void> {
    const { id, parentId } = input;
    await this.unitOfWork.run(async () => {
      const isFolder = await holdFor(this.tree, actor, id);
      const file = await changeableFile(this.files, this.tree, actor, id, 'archived');
      if (isFolder) await requireChangeableBelow(this.tree, actor, id, { archived: true });
      if (parentId === undefined || parentId === file.parentId) await this.requireActiveFolder(actor, file);
      if (parentId !== undefined) await this.move(actor, file, parentId);
      const { archivedWith } = file;
      file.restore();
      const type = isFolder ? 'folder' : 'file';
      const contents = archivedWith && (await this.tree.restoreBelow(actor.firmId, id, archivedWith));
      const details = { ...(parentId !== undefined && { parentId }), ...contents };
      await this.history.record(actor, { action: `${type}.restored`, subject: { type, id }, details });
    });
  }

  private async requireActiveFolder(actor: Actor, { parentId }: StoredFile): Promise<void> {
    const folder = parentId && (await this.tree.find(actor.firmId, parentId, actor.userId));
    if (folder && folder.isArchived) throw folderErrors.archived(folder, canRead(actor, folder.reach));
  }

  private async move(actor: Actor, file: StoredFile, parentId: FolderId | null): Promise<void> {
    const parent = await destination(this.tree, actor, parentId);
    if (file.isFolder) requireRoom(parent, await this.tree.heightOf(actor.firmId, file.id));
    file.moveTo(parentId, this.clock.now());
  }
}
