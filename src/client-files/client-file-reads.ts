import type { Response } from 'express';
import {
  type ClientFile,
  clientFileErrors,
  type ClientFileQueries,
  type ClientFolder,
  type FilesRequest,
  type FolderSort,
  type PartRequest,
} from '@portico/domain/client-files';
import type { Actor, ClientId, CountedList, DomainError, FileId, FolderId } from '@portico/domain/kernel';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import type { ContentSender } from '../platform/http/send-content.js';

/** What the routes of a client show. */
export class ClientFileReads {
  constructor(
    private readonly queries: ClientFileQueries,
    private readonly contents: ContentSender,
  ) {}

  /** @throws DomainError `client_not_found`, `client_folder_not_found` for a folder of the filter that is not the client's */
  async list(actor: Actor, clientId: ClientId, request: FilesRequest): Promise<CountedList<ClientFile>> {
    const part = await this.queries.listFiles(actor, clientId, request);
    if (!part) throw clientFileErrors.clientNotFound(clientId);
    const [unknown] = part.unknown;
    if (unknown !== undefined) throw clientFileErrors.folderNotFound(unknown).at({ parameter: 'filter[directoryId]' });
    return part;
  }

  /** @throws DomainError `client_not_found` */
  async listFolders(
    actor: Actor,
    clientId: ClientId,
    request: PartRequest<FolderSort>,
  ): Promise<CountedList<ClientFolder>> {
    const part = await this.queries.listFolders(actor, clientId, request);
    if (!part) throw clientFileErrors.clientNotFound(clientId);
    return part;
  }

  /** @throws DomainError `client_not_found`, `file_not_found` */
  async get(actor: Actor, clientId: ClientId, id: FileId): Promise<ClientFile> {
    return (
      (await this.queries.findFile(actor, clientId, id)) ??
      this.refuse(actor, clientId, clientFileErrors.fileNotFound(id))
    );
  }

  /** What the caller has just made or changed, also when it is not theirs to read any more. @throws as `get` */
  changed(actor: Actor, clientId: ClientId, id: FileId): Promise<ClientFile> {
    return this.get({ ...actor, allDataAccess: true }, clientId, id);
  }

  /** @throws DomainError `client_not_found`, `client_folder_not_found` */
  async getFolder(actor: Actor, clientId: ClientId, id: FolderId): Promise<ClientFolder> {
    const folder = await this.queries.findFolder(actor, clientId, id);
    return folder ?? this.refuse(actor, clientId, clientFileErrors.folderNotFound(id));
  }

  /** The same of what the caller has just made or changed. @throws as `getFolder` */
  changedFolder(actor: Actor, clientId: ClientId, id: FolderId): Promise<ClientFolder> {
    return this.getFolder({ ...actor, allDataAccess: true }, clientId, id);
  }

  /** @throws DomainError `client_not_found`, `file_not_found`, and what sending throws */
  async download(
    actor: Actor,
    clientId: ClientId,
    id: FileId,
    { request, response }: { request: ObservedRequest; response: Response },
  ): Promise<void> {
    const content = await this.queries.findContent(actor, clientId, id);
    await this.contents.send(
      request,
      response,
      content ?? (await this.refuse(actor, clientId, clientFileErrors.fileNotFound(id))),
    );
  }

  /** Says what is not there: the file or folder, or the client already. */
  private async refuse(actor: Actor, clientId: ClientId, missing: DomainError): Promise<never> {
    throw (await this.queries.findRoot(actor, clientId)) ? missing : clientFileErrors.clientNotFound(clientId);
  }
}
