import type { Actor, FolderId } from '../kernel/index.js';
import { folderErrors } from './folder.errors.js';
import type { FolderTree, Place } from './folder-tree.js';
import { canChange, canRead } from '../identity/index.js';

/** The most folders that stand in one another; the database holds the same limit. */
export const MAX_LEVELS = 128;

/**
 * The folder into which `actor` may put something; null at the top level. To put something into a folder is to change
 * the folder. With `within`, only that folder and those below it are there.
 * @throws DomainError `folder_not_found` (also when the actor may not read it, or it is archived), `not_a_folder`,
 *   `folder_not_changeable`
 */
export async function destination(
  tree: FolderTree,
  actor: Actor,
  id: FolderId | null,
  within?: FolderId,
): Promise<Place | null> {
  if (id === null) return null;
  const place = await tree.find(actor.firmId, id, actor.userId);
  if (!place || !canRead(actor, place.reach)) throw folderErrors.notFound(id);
  if (within !== undefined && !(place.isFolder && (await tree.isWithin(actor.firmId, id, within))))
    throw folderErrors.notFound(id);
  if (!place.isFolder) throw folderErrors.isFile(place);
  if (place.isArchived) throw folderErrors.notFound(id);
  if (!canChange(actor, place.reach)) throw folderErrors.notChangeable(place);
  return place;
}

/** @throws DomainError `folder_too_deep` unless a folder with `height` levels below it has room in `parent` */
export function requireRoom(parent: Place | null, height: number): void {
  const levels = (parent ? parent.depth + 1 : 0) + 1 + height;
  if (levels > MAX_LEVELS) throw folderErrors.tooDeep(MAX_LEVELS);
}

/**
 * Archiving and moving a folder needs the right to change everything below it (contract, section 2).
 * @throws DomainError `folder_content_not_changeable`
 */
export async function requireChangeableBelow(
  tree: FolderTree,
  actor: Actor,
  id: FolderId,
  include: { archived: boolean },
): Promise<void> {
  if (actor.allDataAccess) return;
  const inner = await tree.findUnchangeableBelow(actor, id, include);
  if (inner !== null) throw folderErrors.contentNotChangeable(id, inner);
}
