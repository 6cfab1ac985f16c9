import type { Actor, FolderId } from '../kernel/index.js';
import { MAX_LEVELS } from './destination.js';
import { folderErrors } from './folder.errors.js';
import type { FolderTree } from './folder-tree.js';

/**
 * The folder that `path` names: folder names from the top with slashes between them (seed 004, "Create a file in a
 * folder"). Null, the top level, when it names none.
 * @throws DomainError `invalid_file_path` unless each folder exists and is the only one of its name there
 */
export async function folderAt(tree: FolderTree, actor: Actor, path: string): Promise<FolderId | null> {
  if (path === '' || path === '/') return null;
  const names = path
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .split('/')
    .map((name) => name.normalize('NFC'));
  if (names.includes('')) throw folderErrors.invalidPath(`"${path}" holds an empty name`);
  // a folder can't have such a name, and the database can't even be asked for it
  if (!path.isWellFormed() || /\p{Cc}/u.test(path)) throw folderErrors.invalidPath('There is no folder of that name');
  if (names.length > MAX_LEVELS) throw folderErrors.tooDeep(MAX_LEVELS);
  let at: FolderId | null = null;
  for (const name of names) {
    const [found, other]: readonly FolderId[] = await tree.listNamed(actor, at, name);
    if (found === undefined) throw folderErrors.invalidPath(`There is no folder "${name}" where "${path}" has one`);
    if (other !== undefined) throw folderErrors.invalidPath(`Several folders are called "${name}" in "${path}"`);
    at = found;
  }
  return at;
}
