import { DomainError, type FileId } from '../kernel/index.js';

/** The refusals of the file use cases. */
export const fileErrors = {
  notFound: (id: FileId) => new DomainError('not_found', 'file_not_found', `There is no file ${id}`),
  notArchived: (id: FileId) =>
    new DomainError('not_found', 'archived_file_not_found', `There is no archived file ${id}`),
  folderHasNoContent: (id: FileId) =>
    new DomainError('invalid', 'folder_has_no_content', `${id} is a folder: it has no bytes to download`),
  /** `most` is the limit, in bytes. */
  tooLarge: (most: number) => new DomainError('too_large', 'file_too_large', `The file is larger than ${most} bytes`),
  notChangeable: (id: FileId) =>
    new DomainError('forbidden', 'file_not_changeable', `You may read file ${id}, but not everything it belongs to`),
};
