import type { ArchiveFile } from '@portico/domain/archive';
import { activeRoot, clientFileErrors, type ClientFileQueries } from '@portico/domain/client-files';
import type { ChangeFile, CreateFolder } from '@portico/domain/files';
import { type Actor, type ClientId, DomainError, type FileId, type FolderId } from '@portico/domain/kernel';
import type { ChangedClientFile, ChangedClientFolder, NewClientFolder } from './client-file-body.dto.js';

/** The field of a body that a refusal of the tree is about. */
const FIELDS: Readonly<Record<string, string>> = {
  invalid_name: 'caption',
  folder_too_deep: 'directoryId',
  folder_not_changeable: 'directoryId',
};

/** Runs `work` of the tree on what a body brought; what it refuses is said in the words of the Back Office. */
export async function inBody<T>(body: { directoryId?: FolderId | null }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'folder_not_found') {
      if (!body.directoryId) throw clientFileErrors.rootNotChangeable();
      throw clientFileErrors.folderNotFound(body.directoryId).at({ pointer: '/directoryId' });
    }
    const field = FIELDS[error.code];
    throw field === undefined || error.source ? error : error.at({ pointer: `/${field}` });
  }
}

/** From the routes of a client to the changes of the tree, which see nothing but what is below the client's root. */
export class ClientChanges {
  constructor(
    private readonly queries: ClientFileQueries,
    private readonly createFolder: CreateFolder,
    private readonly changeFile: ChangeFile,
    private readonly archiveFile: ArchiveFile,
  ) {}

  /** @throws DomainError for every fault of `body`, `client_not_found`, `client_folder_archived`, `file_not_found` */
  async changeFileOf(actor: Actor, clientId: ClientId, id: FileId, body: ChangedClientFile): Promise<void> {
    const { folderId: within } = await activeRoot(this.queries, actor, clientId);
    const { caption, directoryId, priority } = body;
    const parentId = directoryId === null ? within : directoryId;
    const input = { id, caption, parentId, priority, limits: { within, kind: 'files' } as const };
    await inBody(body, () => this.changeFile.execute(actor, input));
  }

  /** @throws DomainError `client_not_found`, `client_folder_archived`, `file_not_found`, `file_not_changeable` */
  async archiveFileOf(actor: Actor, clientId: ClientId, id: FileId): Promise<void> {
    const { folderId: within } = await activeRoot(this.queries, actor, clientId);
    await this.archiveFile.execute(actor, { id, limits: { within, kind: 'files' } });
  }

  /** The id of the new folder. @throws DomainError for every fault of `body`, `client_not_found`, `client_folder_archived` */
  async createFolderOf(actor: Actor, clientId: ClientId, body: NewClientFolder): Promise<FolderId> {
    const { folderId: within } = await activeRoot(this.queries, actor, clientId);
    const input = { name: body.caption, parentId: body.directoryId ?? within, associations: {}, within };
    return inBody(body, () => this.createFolder.execute(actor, input));
  }

  /** @throws DomainError `invalid_name`, `client_not_found`, `client_folder_archived`, `client_folder_not_found` */
  async renameFolderOf(
    actor: Actor,
    clientId: ClientId,
    id: FolderId,
    { caption }: ChangedClientFolder,
  ): Promise<void> {
    const { folderId: within } = await activeRoot(this.queries, actor, clientId);
    const execute = () => this.changeFile.execute(actor, { id, name: caption, limits: { within, kind: 'folders' } });
    await inBody({}, () => aboutFolder(id, execute));
  }

  /** @throws as `renameFolderOf`, and DomainError `folder_content_not_changeable` */
  async archiveFolderOf(actor: Actor, clientId: ClientId, id: FolderId): Promise<void> {
    const { folderId: within } = await activeRoot(this.queries, actor, clientId);
    await aboutFolder(id, () => this.archiveFile.execute(actor, { id, limits: { within, kind: 'folders' } }));
  }
}

/** To the tree a folder that is not there is a file that is not there. */
async function aboutFolder<T>(id: FolderId, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'file_not_found') throw clientFileErrors.folderNotFound(id);
    throw error;
  }
}
