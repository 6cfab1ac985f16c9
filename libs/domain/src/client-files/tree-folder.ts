import { type Actor, type Data, Entity, type FirmId, type TreeFolderId } from '../kernel/index.js';
import { fileName } from '../files/index.js';
import { clientFileErrors } from './client-file.errors.js';

/** The most folders of the default tree that stand in one another; the database holds the same limit. */
export const MAX_TREE_LEVELS = 32;

/** A folder of the firm's default tree, of which every new client gets copies. */
export class TreeFolder extends Entity<TreeFolder> {
  /** Given by the database when the folder is added. */
  readonly id!: TreeFolderId;
  readonly firmId!: FirmId;
  /** Null at the top. */
  readonly parentId!: TreeFolderId | null;
  /** 1 at the top. */
  readonly level!: number;
  readonly name!: string;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  readonly version!: number;

  constructor(state: Omit<Data<TreeFolder>, 'id' | 'version'>) {
    super();
    Object.assign(this, state);
  }

  /** A folder in `parent`, or at the top of the tree. @throws DomainError `invalid_name`, `tree_too_deep` */
  static in(parent: TreeFolder | null, state: Pick<TreeFolder, 'firmId' | 'name'>, now: Date): TreeFolder {
    const level = (parent?.level ?? 0) + 1;
    if (level > MAX_TREE_LEVELS) throw clientFileErrors.treeTooDeep(MAX_TREE_LEVELS);
    return new TreeFolder({
      firmId: state.firmId,
      name: fileName(state.name),
      parentId: parent?.id ?? null,
      level,
      createdAt: now,
      modifiedAt: now,
    });
  }

  /** @throws DomainError `invalid_name` */
  rename(raw: string, now: Date): void {
    const name = fileName(raw);
    if (name !== this.name) this.change({ name, modifiedAt: now });
  }
}

/** The default tree reaches every client. @throws DomainError `all_data_needed` */
export function requireAllData(actor: Actor): void {
  if (!actor.allDataAccess) throw clientFileErrors.allDataNeeded();
}
