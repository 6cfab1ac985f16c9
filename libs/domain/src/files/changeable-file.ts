import type { Actor, FileId } from '../kernel/index.js';
import { fileErrors } from './file.errors.js';
import type { FileState } from './file-queries.js';
import type { FileRepository } from './file-repository.js';
import { canChange, canRead } from './file.policy.js';
import type { StoredFile } from './stored-file.js';

/**
 * The file in that state, locked, when `actor` may change it.
 * @throws DomainError `file_not_found` or `archived_file_not_found` also when the actor may not read it;
 *   `file_not_changeable` when they may read it only
 */
export async function changeableFile(
  files: FileRepository,
  actor: Actor,
  id: FileId,
  state: FileState,
): Promise<StoredFile> {
  const missing = state === 'active' ? fileErrors.notFound(id) : fileErrors.notArchived(id);
  const file = await files.find(actor.firmId, id);
  if (!file || (file.deletedAt === null) !== (state === 'active')) throw missing;
  if (actor.allDataAccess) return file;
  const reach = await files.reachOf(actor.firmId, file, actor.userId);
  if (!canRead(actor, reach)) throw missing;
  if (!canChange(actor, reach)) throw fileErrors.notChangeable(id);
  return file;
}
