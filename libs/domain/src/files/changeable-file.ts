import type { Actor, FileId, FolderId } from '../kernel/index.js';
import type { FolderTree } from '../folders/index.js';
import { canChange, canRead } from '../identity/index.js';
import { fileErrors } from './file.errors.js';
import type { FileState } from './file-queries.js';
import type { FileRepository } from './file-repository.js';
import type { StoredFile } from './stored-file.js';

/** To what a change is limited: what does not stand below the folder `within`, or is of another kind, is not there. */
export interface Limits {
  readonly within: FolderId;
  readonly kind: 'files' | 'folders';
}

/**
 * Holds the tree as a change of the file or folder `id` needs it: `shape` when folders may move or change their state.
 * Answers whether it is a folder; what is unknown is found out afterwards.
 */
export async function holdFor(tree: FolderTree, actor: Actor, id: FileId): Promise<boolean> {
  const isFolder = (await tree.find(actor.firmId, id, actor.userId))?.isFolder ?? false;
  await tree.hold(actor.firmId, isFolder ? 'shape' : 'fill');
  return isFolder;
}

/**
 * The file or folder in that state, locked, when `actor` may change it.
 * @throws DomainError `file_not_found` or `archived_file_not_found` also when the actor may not read it, or it is
 *   beyond `limits`; `file_not_changeable` when they may read it only
 */
export async function changeableFile(
  files: FileRepository,
  tree: FolderTree,
  actor: Actor,
  id: FileId,
  state: FileState,
  limits?: Limits,
): Promise<StoredFile> {
  const missing = state === 'active' ? fileErrors.notFound(id) : fileErrors.notArchived(id);
  const file = await files.find(actor.firmId, id);
  const place = file && (await tree.find(actor.firmId, id, actor.userId));
  if (!place || place.isArchived !== (state === 'archived') || !canRead(actor, place.reach)) throw missing;
  if (limits && !(await isIn(tree, file, limits))) throw missing;
  if (!canChange(actor, place.reach)) throw fileErrors.notChangeable(id);
  return file;
}

async function isIn(tree: FolderTree, file: StoredFile, { within, kind }: Limits): Promise<boolean> {
  if (file.isFolder !== (kind === 'folders') || file.parentId === null || file.id === within) return false;
  return tree.isWithin(file.firmId, file.parentId, within);
}
