import { DomainError, type FileId, type FolderId } from '../kernel/index.js';
import type { Place } from './folder-tree.js';

/** The refusals about folders and places in the tree. */
export const folderErrors = {
  notFound: (id: FolderId) => new DomainError('invalid', 'folder_not_found', `There is no active folder ${id}`),
  isFile: (place: Place) => new DomainError('invalid', 'not_a_folder', `${place.id} "${place.name}" is a file`),
  notChangeable: (place: Place) =>
    new DomainError(
      'forbidden',
      'folder_not_changeable',
      `You may read folder ${place.id} "${place.name}", but not everything it belongs to`,
    ),
  contentNotChangeable: (id: FolderId, inner: FileId) =>
    new DomainError(
      'forbidden',
      'folder_content_not_changeable',
      `Folder ${id} holds what you may not change, such as ${inner}; nothing was changed`,
    ),
  movedIntoItself: (id: FolderId) =>
    new DomainError('invalid', 'moved_into_itself', `Folder ${id} can not stand in itself or below itself`),
  tooDeep: (levels: number) =>
    new DomainError('invalid', 'folder_too_deep', `Folders stand at most ${levels} levels deep`),
  /** To whom may not read the folder, its name is not told. */
  archived: ({ id, name }: Place, isReadable: boolean) =>
    new DomainError(
      'conflict',
      'folder_archived',
      `Folder ${isReadable ? `${id} "${name}"` : id} is archived: restore it first, or give another parent_folder_id`,
    ),
  invalidPath: (reason: string) => new DomainError('invalid', 'invalid_file_path', reason),
  pathAndParent: () =>
    new DomainError('invalid', 'file_path_and_parent', 'file_path and parent_folder_id can not both be given'),
};
