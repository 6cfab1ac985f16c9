import type { Actor, FileId } from '../kernel/index.js';
import type { PublishableFile } from './audience.js';
import type { Publications } from './publications.js';
import { publishingErrors } from './publishing.errors.js';

/**
 * The files of `ids`, in that order, if all of them may be published or withdrawn by `actor`.
 * @throws DomainError `files_not_publishable`, `folders_not_publishable`, naming them
 */
export async function publishableFiles(
  publications: Publications,
  actor: Actor,
  ids: readonly FileId[],
  { withArchived = false }: { withArchived?: boolean } = {},
): Promise<PublishableFile[]> {
  const known = new Map((await publications.files(actor, ids, withArchived)).map((file) => [file.id, file]));
  const files = ids.flatMap((id) => known.get(id) ?? []);
  const refused = ids.filter((id) => !known.get(id)?.mayChange);
  if (refused.length > 0) throw publishingErrors.filesNotPublishable(refused);
  const folders = files.filter(({ isFolder }) => isFolder).map(({ id }) => id);
  if (folders.length > 0) throw publishingErrors.foldersNotPublishable(folders);
  return files;
}
