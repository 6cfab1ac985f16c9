import type { Actor, Clock, StoredBlob, UnitOfWork } from '../kernel/index.js';
import type { FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import type { FileAssociations } from './file-associations.js';
import type { FileRepository } from './file-repository.js';
import { type NewFile, NewFiles } from './new-files.js';
import type { StoredFile } from './stored-file.js';

export interface UploadFileInput extends NewFile {
  /** Its bytes, already in the blob store. */
  readonly blob: StoredBlob;
}

/** Makes a file out of bytes that have arrived (seed 004, "Create a file", "Create a file in a folder"). */
export class UploadFile {
  private readonly newFiles: NewFiles;

  constructor(
    files: FileRepository,
    tree: FolderTree,
    associations: FileAssociations,
    history: History,
    private readonly unitOfWork: UnitOfWork,
    clock: Clock,
  ) {
    this.newFiles = new NewFiles(files, tree, associations, history, clock);
  }

  /**
   * @throws DomainError `invalid_name`, `extension_mismatch`, `blob_missing`, `file_path_and_parent`,
   *   `invalid_file_path`, `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `unknown_entities`,
   *   `unknown_groups`
   */
  execute(actor: Actor, { blob, ...asked }: UploadFileInput): Promise<StoredFile> {
    return this.unitOfWork.run(() => this.newFiles.add(actor, asked, blob));
  }
}
