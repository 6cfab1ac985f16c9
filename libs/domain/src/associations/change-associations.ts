import type { Actor, FileId, UnitOfWork } from '../kernel/index.js';
import {
  type AssociatedId,
  type AssociationKind,
  changeableFile,
  type FileAssociations,
  type FileRepository,
  removeAssociations,
  replaceAssociations,
  requirePermitted,
  type StoredFile,
} from '../files/index.js';
import type { FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';

/** How a list of entities or groups changes the associations of a file or folder. */
export type AssociationChange = 'add' | 'replace' | 'remove';

export interface ChangeAssociationsInput {
  readonly id: FileId;
  readonly change: AssociationChange;
  readonly kind: AssociationKind;
  readonly ids: readonly AssociatedId[];
}

/**
 * Adds, replaces or removes associations of a file or folder: the whole list or nothing of it (seed 004, "Associate …
 * with a file", "Replace … associated with a file", "Remove … associated with a file").
 */
export class ChangeAssociations {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly associations: FileAssociations,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws DomainError `file_not_found`, `file_not_changeable`, `unknown_entities`, `unknown_groups`,
   *   `association_inherited`
   */
  async execute(actor: Actor, input: ChangeAssociationsInput): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.tree.hold(actor.firmId, 'fill');
      const file = await changeableFile(this.files, this.tree, actor, input.id, 'active');
      await this.apply(actor, file, input);
      const type = file.isFolder ? 'folder' : 'file';
      await this.history.record(actor, {
        action: `${type}.associations_${DONE[input.change]}`,
        subject: { type, id: file.id },
        details: { [input.kind]: input.ids },
      });
    });
  }

  private async apply(actor: Actor, file: StoredFile, { change, kind, ids }: ChangeAssociationsInput): Promise<void> {
    switch (change) {
      case 'add':
        await requirePermitted(this.associations, actor, kind, ids);
        return this.associations.add(actor.firmId, file.id, kind, ids);
      case 'replace':
        await replaceAssociations(this.associations, actor, file, kind, ids);
        return;
      case 'remove':
        return removeAssociations(this.associations, actor, file, kind, ids);
    }
  }
}

const DONE: Readonly<Record<AssociationChange, string>> = { add: 'added', replace: 'replaced', remove: 'removed' };
