import {
  AddTreeFolder,
  DeleteTreeFolder,
  RenameTreeFolder,
  TreeCopies,
  type TreeFolder,
  TreeFolderRepository,
} from '@portico/domain/client-files';
import type { Author, FirmId, TreeFolderId } from '@portico/domain/kernel';
import { FileBench } from './files.js';
import { InMemoryUnitOfWork, type Reversible } from './in-memory-unit-of-work.js';

export class InMemoryTreeFolderRepository extends TreeFolderRepository implements Reversible {
  readonly folders = new Map<TreeFolderId, TreeFolder>();
  /** The firms whose default tree was held, in order. */
  readonly held: FirmId[] = [];
  private count = 0;

  hold(firmId: FirmId): Promise<void> {
    this.held.push(firmId);
    return Promise.resolve();
  }

  add(folder: TreeFolder): Promise<void> {
    Object.assign(folder, { id: String(++this.count), version: 1 });
    this.folders.set(folder.id, folder);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: TreeFolderId): Promise<TreeFolder | null> {
    const folder = this.folders.get(id);
    return Promise.resolve(folder?.firmId === firmId ? folder : null);
  }

  async remove(folder: TreeFolder): Promise<number> {
    let removed = Number(this.folders.delete(folder.id));
    for (const below of [...this.folders.values()].filter(({ parentId }) => parentId === folder.id))
      removed += await this.remove(below);
    return removed;
  }

  snapshot(): () => void {
    const states = [...this.folders].map(([id, folder]) => ({ id, folder, state: { ...folder } }));
    return () => {
      this.folders.clear();
      for (const { id, folder, state } of states) this.folders.set(id, Object.assign(folder, state));
    };
  }
}

/** Remembers what was to become of the copies; each client has all of them. */
export class InMemoryTreeCopies extends TreeCopies {
  readonly changes: string[] = [];

  constructor(private readonly clients: number) {
    super();
  }

  add(_author: Author, { id, name }: TreeFolder): Promise<number> {
    return this.change(`add ${id} ${name}`);
  }

  rename(_author: Author, { id, name }: TreeFolder): Promise<number> {
    return this.change(`rename ${id} ${name}`);
  }

  release(_author: Author, { id }: TreeFolder): Promise<number> {
    return this.change(`release ${id}`);
  }

  private change(what: string): Promise<number> {
    this.changes.push(what);
    return Promise.resolve(this.clients);
  }
}

/** In-memory adapters that know each other, and the use cases about the default tree on them. */
export class DefaultTreeBench extends FileBench {
  readonly folders = new InMemoryTreeFolderRepository();
  readonly copies = new InMemoryTreeCopies(2);
  private readonly work = new InMemoryUnitOfWork([this.folders, this.history]);
  private readonly tools = [this.folders, this.copies, this.tree, this.history, this.work, this.clock] as const;
  readonly addFolder = new AddTreeFolder(...this.tools);
  readonly renameFolder = new RenameTreeFolder(...this.tools);
  readonly deleteFolder = new DeleteTreeFolder(...this.tools);
}
