import type { Actor, Clock, FileId, FolderId, UnitOfWork } from '../kernel/index.js';
import { destination, type FolderTree, requireRoom } from '../folders/index.js';
import type { History } from '../history/index.js';
import { type Linkage, linkNew } from './association-rules.js';
import type { FileAssociations } from './file-associations.js';
import type { FileRepository } from './file-repository.js';
import { StoredFile } from './stored-file.js';

export interface CreateFolderInput {
  readonly name: string;
  /** Null: at the top level. */
  readonly parentId: FolderId | null;
  readonly associations: Linkage;
  /** Only this folder and those below it are there to put it into. */
  readonly within?: FolderId;
}

/** Makes a folder (contract, section 4, "Routes"). */
export class CreateFolder {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly associations: FileAssociations,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `invalid_name`, `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `folder_too_deep`,
   *   `unknown_entities`, `unknown_groups`
   */
  async execute(actor: Actor, input: CreateFolderInput): Promise<FileId> {
    const { firmId, userId: createdBy } = actor;
    const { name, parentId } = input;
    return this.unitOfWork.run(async () => {
      const folder = StoredFile.folder({ firmId, name, parentId, createdBy }, this.clock.now());
      await this.tree.hold(firmId, 'fill');
      requireRoom(await destination(this.tree, actor, parentId, input.within), 0);
      await this.files.add(folder);
      await linkNew(this.associations, actor, folder.id, input.associations);
      const details = { name: folder.name, parentId, ...input.associations };
      await this.history.record(actor, {
        action: 'folder.created',
        subject: { type: 'folder', id: folder.id },
        details,
      });
      return folder.id;
    });
  }
}
