import { type ClientId, DomainError, type FileId, type FolderId, type TreeFolderId } from '../kernel/index.js';

/** The refusals about the files and folders of clients, the import folder and the default tree. */
export const clientFileErrors = {
  clientNotFound: (id: ClientId) => new DomainError('not_found', 'client_not_found', `There is no client ${id}`),
  fileNotFound: (id: FileId) => new DomainError('not_found', 'file_not_found', `The client has no file ${id}`),
  folderNotFound: (id: FolderId) =>
    new DomainError('not_found', 'client_folder_not_found', `The client has no folder ${id}`),
  /** To whom may not read the folder, its name is not told. */
  rootArchived: (id: FolderId, name: string | null) =>
    new DomainError(
      'conflict',
      'client_folder_archived',
      `The folder of the client, ${name === null ? id : `${id} "${name}"`}, is archived: restore it first`,
    ),
  /** The root was linked with something else, or it was just archived. */
  rootNotChangeable: () =>
    new DomainError('forbidden', 'folder_not_changeable', 'The folder of the client is not yours to change'),
  importPathInvalid: (reason: string) =>
    new DomainError('invalid', 'invalid_import_path', `The path must lead to a file in the import folder: ${reason}`),
  importFileMissing: (path: string) =>
    new DomainError('invalid', 'import_file_missing', `There is no file "${path}" in the import folder`),
  importNotAFile: (path: string) =>
    new DomainError('invalid', 'import_not_a_file', `"${path}" in the import folder is no regular file`),
  treeFolderNotFound: (id: TreeFolderId) =>
    new DomainError('not_found', 'tree_folder_not_found', `The default tree has no folder ${id}`),
  treeTooDeep: (levels: number) =>
    new DomainError('invalid', 'tree_too_deep', `The folders of the default tree stand at most ${levels} levels deep`),
  allDataNeeded: () =>
    new DomainError(
      'forbidden',
      'all_data_needed',
      'The default tree is that of all clients: changing it needs the right to all data',
    ),
};
