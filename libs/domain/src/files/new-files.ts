import type { Actor, Clock, FolderId, StoredBlob } from '../kernel/index.js';
import { destination, folderAt, folderErrors, type FolderTree } from '../folders/index.js';
import type { History } from '../history/index.js';
import { ASSOCIATION_KINDS, type Linkage, linkNew, requirePermitted } from './association-rules.js';
import type { FileAssociations } from './file-associations.js';
import { captionedName, fileName, requireSameExtension } from './file-name.js';
import type { FileRepository } from './file-repository.js';
import { StoredFile } from './stored-file.js';

/** What a file shall be, whether its bytes are there already or not. */
export interface NewFile {
  /** What the file shall be called; without it, as it arrived. */
  readonly name?: string;
  /** What the Back Office calls it, instead of a name. */
  readonly caption?: string;
  /** The name under which it arrived. */
  readonly originalName: string;
  readonly contentType: string;
  /** The folder that it shall stand in; null, the default: at the top level. */
  readonly parentId?: FolderId | null;
  /** The same as folder names from the top. */
  readonly filePath?: string;
  readonly associations?: Linkage;
  /** Only this folder and those below it are there to put it into. */
  readonly within?: FolderId;
}

/** How a new file is called and where it stands. */
export type Placed = Pick<StoredFile, 'name' | 'hidesExtension' | 'originalName' | 'parentId'>;

/**
 * Which files may be made, and how, for every way on which bytes arrive: what is checked before they come is what is
 * checked when they are there. Used inside a unit of work.
 */
export class NewFiles {
  constructor(
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly associations: FileAssociations,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /**
   * What would become of it; nothing is made.
   * @throws DomainError `invalid_name`, `extension_mismatch`, `file_path_and_parent`, `invalid_file_path`,
   *   `folder_not_found`, `not_a_folder`, `folder_not_changeable`, `unknown_entities`, `unknown_groups`
   */
  async check(actor: Actor, asked: NewFile): Promise<Placed> {
    const placed = await this.place(actor, asked);
    for (const kind of ASSOCIATION_KINDS)
      await requirePermitted(this.associations, actor, kind, asked.associations?.[kind] ?? []);
    return placed;
  }

  /** Makes the file out of bytes that are in the blob store. @throws as `check`, and DomainError `blob_missing` */
  async add(actor: Actor, asked: NewFile, blob: StoredBlob): Promise<StoredFile> {
    const placed = await this.place(actor, asked);
    const file = this.fileOf(actor, asked, blob, placed);
    await this.files.addBlob(actor.firmId, blob);
    await this.files.add(file);
    await linkNew(this.associations, actor, file.id, asked.associations ?? {});
    const { bytes, sha256 } = blob;
    const { name, parentId } = placed;
    const details = { name, bytes, sha256, ...(parentId !== null && { parentId }), ...asked.associations };
    await this.history.record(actor, { action: 'file.uploaded', subject: { type: 'file', id: file.id }, details });
    return file;
  }

  private async place(actor: Actor, asked: NewFile): Promise<Placed> {
    const named = namesOf(asked);
    if (asked.filePath !== undefined && asked.parentId !== undefined) throw folderErrors.pathAndParent();
    return { ...named, parentId: await this.folderFor(actor, asked) };
  }

  /** The top level needs no look at the tree. */
  private async folderFor(actor: Actor, { parentId = null, filePath, within }: NewFile): Promise<FolderId | null> {
    if (parentId === null && filePath === undefined) return null;
    await this.tree.hold(actor.firmId, 'fill');
    const id = filePath === undefined ? parentId : await folderAt(this.tree, actor, filePath);
    return (await destination(this.tree, actor, id, within))?.id ?? null;
  }

  private fileOf(actor: Actor, { contentType }: NewFile, blob: StoredBlob, placed: Placed): StoredFile {
    const now = this.clock.now();
    return new StoredFile({
      ...placed,
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

function namesOf(asked: NewFile): Omit<Placed, 'parentId'> {
  const originalName = fileName(asked.originalName);
  if (asked.caption !== undefined) return { ...captionedName(asked.caption, originalName), originalName };
  const name = asked.name === undefined ? originalName : fileName(asked.name);
  requireSameExtension(name, originalName);
  return { name, hidesExtension: false, originalName };
}
