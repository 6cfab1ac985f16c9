import type { Clock, FolderId, PortalUser, StoredBlob } from '../../kernel/index.js';
import { captionedName, fileName, type FileRepository, StoredFile } from '../../files/index.js';
import { type FolderTree, requireRoom } from '../../folders/index.js';
import type { History } from '../../history/index.js';
import { documentErrors } from './document.errors.js';
import { type Inbox, type Inboxes, INBOX_NAME } from './inboxes.js';

/** A document that a company has sent. */
export interface SentDocument {
  /** What it shall be called; without it, as it arrived. */
  readonly caption?: string;
  /** The name under which it arrived. */
  readonly originalName: string;
  readonly contentType: string;
  /** Its bytes, already in the blob store. */
  readonly blob: StoredBlob;
}

/** Puts what companies send into their folders. */
export class DocumentFiling {
  constructor(
    private readonly inboxes: Inboxes,
    private readonly files: FileRepository,
    private readonly tree: FolderTree,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds the file in the running unit of work, and the folder where there is none. It is a file of the company's entity,
   * as everything in the company's folder is.
   * @throws DomainError `invalid_name`, `documents_closed`, `folder_too_deep`, `blob_missing`
   */
  async add(user: PortalUser, document: SentDocument): Promise<{ file: StoredFile; inbox: Inbox }> {
    const { firmId, companyId } = user;
    await this.tree.hold(firmId, 'fill');
    const inbox = await this.inboxes.find(firmId, companyId);
    if (!inbox) throw documentErrors.closed();
    const parentId = inbox.folderId ?? (await this.folderOf(user));
    const file = this.fileOf(user, document, { parentId, createdBy: inbox.keeperId });
    await this.files.addBlob(firmId, document.blob);
    await this.files.add(file);
    const { bytes, sha256 } = document.blob;
    const details = { name: file.name, bytes, sha256, parentId };
    const subject = { type: 'file', id: file.id };
    await this.history.record(user, { action: 'file.uploaded', subject, clientId: companyId, details });
    return { file, inbox };
  }

  /** The folder, which somebody else may have made meanwhile. */
  private async folderOf(user: PortalUser): Promise<FolderId> {
    const { firmId, companyId } = user;
    const inbox = await this.inboxes.findAlone(firmId, companyId);
    if (!inbox) throw documentErrors.closed();
    const { rootId: parentId, folderId, keeperId: createdBy } = inbox;
    if (folderId !== null) return folderId;
    requireRoom(await this.tree.find(firmId, parentId, createdBy), 0);
    const folder = StoredFile.folder({ firmId, name: INBOX_NAME, parentId, createdBy }, this.clock.now());
    await this.files.add(folder);
    const details = { name: folder.name, parentId };
    const subject = { type: 'folder', id: folder.id };
    await this.history.record(user, { action: 'folder.created', subject, clientId: companyId, details });
    return folder.id;
  }

  private fileOf(
    { firmId }: PortalUser,
    { caption, originalName: raw, contentType, blob }: SentDocument,
    place: Pick<StoredFile, 'parentId' | 'createdBy'>,
  ): StoredFile {
    const originalName = fileName(raw);
    const named =
      caption === undefined ? { name: originalName, hidesExtension: false } : captionedName(caption, originalName);
    const now = this.clock.now();
    return new StoredFile({
      ...{ ...place, ...named, firmId, originalName, contentType },
      ...{ isFolder: false, blobKey: blob.key, createdAt: now, modifiedAt: now },
    });
  }
}
