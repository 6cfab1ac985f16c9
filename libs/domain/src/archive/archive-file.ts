import type { Actor, Clock, FileId, UnitOfWork } from '../kernel/index.js';
import { changeableFile, type FileRepository, holdFor, type Limits } from '../files/index.js';
import { type FolderTree, requireChangeableBelow } from '../folders/index.js';
import type { History } from '../history/index.js';

/** Puts a file, or a folder with everything in it, into the archive; nothing is destroyed (seed 004, "Delete …"). */
export class ArchiveFile {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `file_not_found`, `file_not_changeable`, `folder_content_not_changeable` */
  async execute(actor: Actor, { id, limits }: { id: FileId; limits?: Limits }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const isFolder = await holdFor(this.tree, actor, id);
      const file = await changeableFile(this.files, this.tree, actor, id, 'active', limits);
      if (isFolder) await requireChangeableBelow(this.tree, actor, id, { archived: false });
      const now = this.clock.now();
      file.archive(now);
      if (!isFolder) return this.history.record(actor, { action: 'file.archived', subject: { type: 'file', id } });
      const details = { ...(await this.tree.archiveBelow(actor.firmId, id, now)) };
      await this.history.record(actor, { action: 'folder.archived', subject: { type: 'folder', id }, details });
    });
  }
}
