import type { Actor, Clock, FileId, FolderId, UnitOfWork } from '../kernel/index.js';
import { destination, folderErrors, type FolderTree, requireChangeableBelow, requireRoom } from '../folders/index.js';
import type { History } from '../history/index.js';
import { ASSOCIATION_KINDS, type Linkage, replaceAssociations } from './association-rules.js';
import { changeableFile, holdFor, type Limits } from './changeable-file.js';
import type { FileAssociations } from './file-associations.js';
import type { FileRepository } from './file-repository.js';
import type { StoredFile } from './stored-file.js';

/** What shall be different; what is not given stays. */
export interface ChangeFileInput {
  readonly id: FileId;
  readonly name?: string;
  /** What the Back Office calls it, instead of a name. */
  readonly caption?: string;
  /** Null: to the top level. */
  readonly parentId?: FolderId | null;
  readonly associations?: Linkage;
  /** The place among the active files of its folder, counted from 1; of a file. */
  readonly priority?: number;
  readonly limits?: Limits;
}

/** Renames, moves and links a file or folder: all of it or nothing (seed 004, "Update a file", "Move a file …"). */
export class ChangeFile {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly associations: FileAssociations,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `file_not_found`, `file_not_changeable`, `invalid_name`, `extension_mismatch`; for a move
   *   `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `folder_content_not_changeable`,
   *   `moved_into_itself`, `folder_too_deep`; for associations `unknown_entities`, `unknown_groups`,
   *   `association_inherited`
   */
  async execute(actor: Actor, input: ChangeFileInput): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (input.priority !== undefined) await this.tree.hold(actor.firmId, 'shape');
      else if (input.parentId !== undefined || input.associations) await holdFor(this.tree, actor, input.id);
      const file = await changeableFile(this.files, this.tree, actor, input.id, 'active', input.limits);
      await this.rename(actor, file, input);
      if (input.parentId !== undefined && input.parentId !== file.parentId)
        await this.move(actor, file, input.parentId, input.limits?.within);
      if (input.associations) await this.replace(actor, file, input.associations);
      if (input.priority !== undefined) await this.reorder(actor, file, input.priority);
    });
  }

  private async rename(actor: Actor, file: StoredFile, { name, caption }: ChangeFileInput): Promise<void> {
    const from = file.name;
    if (name !== undefined) file.rename(name, this.clock.now());
    if (caption !== undefined) file.recaption(caption, this.clock.now());
    if (file.name !== from) await this.tell(actor, file, 'renamed', { from, to: file.name });
  }

  private async reorder(actor: Actor, file: StoredFile, priority: number): Promise<void> {
    await this.files.reorder(file, priority);
    await this.tell(actor, file, 'reordered', { priority });
  }

  private async move(actor: Actor, file: StoredFile, parentId: FolderId | null, within?: FolderId): Promise<void> {
    const parent = await destination(this.tree, actor, parentId, within);
    if (file.isFolder) {
      if (parent && (await this.tree.isWithin(actor.firmId, parent.id, file.id)))
        throw folderErrors.movedIntoItself(file.id);
      requireRoom(parent, await this.tree.heightOf(actor.firmId, file.id));
      await requireChangeableBelow(this.tree, actor, file.id, { archived: true });
    }
    const from = file.parentId;
    file.moveTo(parentId, this.clock.now());
    await this.tell(actor, file, 'moved', { from, to: parentId });
  }

  private async replace(actor: Actor, file: StoredFile, given: Linkage): Promise<void> {
    for (const kind of ASSOCIATION_KINDS) {
      const ids = given[kind];
      if (ids && (await replaceAssociations(this.associations, actor, file, kind, ids)))
        await this.tell(actor, file, 'associations_replaced', { [kind]: ids });
    }
  }

  private tell(actor: Actor, file: StoredFile, what: string, details: Record<string, unknown>): Promise<void> {
    const type = file.isFolder ? 'folder' : 'file';
    return this.history.record(actor, { action: `${type}.${what}`, subject: { type, id: file.id }, details });
  }
}
