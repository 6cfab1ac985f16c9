import type { Actor, Clock, FolderId, StoredBlob, UnitOfWork } from '../kernel/index.js';
import { destination, folderAt, folderErrors, type FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import { type Linkage, linkNew } from './association-rules.js';
import type { FileAssociations } from './file-associations.js';
import { captionedName, fileName, requireSameExtension } from './file-name.js';
import type { FileRepository } from './file-repository.js';
import { StoredFile } from './stored-file.js';

export interface UploadFileInput {
  /** What the file shall be called; without it, as it arrived. */
  readonly name?: string;
  /** What the Back Office calls it, instead of a name. */
  readonly caption?: string;
  /** The name under which it arrived. */
  readonly originalName: string;
  readonly contentType: string;
  /** Its bytes, already in the blob store. */
  readonly blob: StoredBlob;
  /** The folder that it shall stand in; null, the default: at the top level. */
  readonly parentId?: FolderId | null;
  /** The same as folder names from the top. */
  readonly filePath?: string;
  readonly associations?: Linkage;
  /** Only this folder and those below it are there to put it into. */
  readonly within?: FolderId;
}

/** Makes a file out of bytes that have arrived (seed 004, "Create a file", "Create a file in a folder"). */
export class UploadFile {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly associations: FileAssociations,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `invalid_name`, `extension_mismatch`, `blob_missing`, `file_path_and_parent`,
   *   `invalid_file_path`, `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `unknown_entities`,
   *   `unknown_groups`
   */
  async execute(actor: Actor, input: UploadFileInput): Promise<StoredFile> {
    const named = namesOf(input);
    if (input.filePath !== undefined && input.parentId !== undefined) throw folderErrors.pathAndParent();
    return this.unitOfWork.run(async () => {
      const parentId = await this.folderFor(actor, input);
      const file = this.fileOf(actor, input, { ...named, parentId });
      await this.files.addBlob(actor.firmId, input.blob);
      await this.files.add(file);
      await linkNew(this.associations, actor, file.id, input.associations ?? {});
      const { bytes, sha256 } = input.blob;
      const details = { name: file.name, bytes, sha256, ...(parentId !== null && { parentId }), ...input.associations };
      await this.history.record(actor, { action: 'file.uploaded', subject: { type: 'file', id: file.id }, details });
      return file;
    });
  }

  /** The top level needs no look at the tree. */
  private async folderFor(
    actor: Actor,
    { parentId = null, filePath, within }: UploadFileInput,
  ): Promise<FolderId | null> {
    if (parentId === null && filePath === undefined) return null;
    await this.tree.hold(actor.firmId, 'fill');
    const id = filePath === undefined ? parentId : await folderAt(this.tree, actor, filePath);
    return (await destination(this.tree, actor, id, within))?.id ?? null;
  }

  private fileOf(
    actor: Actor,
    { contentType, blob }: UploadFileInput,
    named: Pick<StoredFile, 'name' | 'hidesExtension' | 'originalName' | 'parentId'>,
  ): StoredFile {
    const now = this.clock.now();
    return new StoredFile({
      ...named,
      firmId: actor.firmId,
      isFolder: false,
      contentType,
      blobKey: blob.key,
      createdBy: actor.userId,
      createdAt: now,
      modifiedAt: now,
    });
  }
}

function namesOf(input: UploadFileInput): Pick<StoredFile, 'name' | 'hidesExtension' | 'originalName'> {
  const originalName = fileName(input.originalName);
  if (input.caption !== undefined) return { ...captionedName(input.caption, originalName), originalName };
  const name = input.name === undefined ? originalName : fileName(input.name);
  requireSameExtension(name, originalName);
  return { name, hidesExtension: false, originalName };
}
