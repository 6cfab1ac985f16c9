import type { Response } from 'express';
import {
  fileErrors,
  type FileFilter,
  type FileListItem,
  type FileQueries,
  type FileState,
} from '@portico/domain/files';
import { type Actor, DomainError, type FileId, type FolderId } from '@portico/domain/kernel';
import { pageRequest } from '../platform/http/json-api.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import type { ContentSender } from '../platform/http/send-content.js';
import type { FileDocument, FileListDocument } from './file.dto.js';
import { FilePresenter } from './file.presenter.js';
import { type FileFilters, type FileListQuery, filterOf, listFilterOf } from './file-query.dto.js';

const PARENT = 'filter[files][parentFolderId]';
const PRESENTERS: Readonly<Record<FileState, FilePresenter>> = {
  active: new FilePresenter('/v1/files'),
  archived: new FilePresenter('/v1/archive/files'),
};

/** The reads that `/v1/files` and `/v1/archive/files` have in common. */
export class FileReads {
  constructor(
    private readonly queries: FileQueries,
    private readonly contents: ContentSender,
  ) {}

  /** @throws DomainError `invalid_value`, `invalid_period`, `parent_folder_not_found` */
  async list(actor: Actor, state: FileState, query: FileListQuery): Promise<FileListDocument> {
    const filter = listFilterOf(query);
    const page = pageRequest(query);
    if (filter.parentId) await this.requireFolder(actor, state, filter.parentId);
    return PRESENTERS[state].list(await this.queries.list(actor, state, page, filter), query);
  }

  /** @throws DomainError `file_not_found` or `archived_file_not_found`, also when it does not meet the filters */
  async read(actor: Actor, state: FileState, id: FileId, query: FileFilters = {}): Promise<FileDocument> {
    return PRESENTERS[state].document(await this.get(actor, state, id, filterOf(query)));
  }

  /** @throws as `read` */
  async get(actor: Actor, state: FileState, id: FileId, filter?: FileFilter): Promise<FileListItem> {
    const file = await this.queries.find(actor, state, id, filter);
    if (!file) throw missing(state, id);
    return file;
  }

  /** What the caller has just made or changed, also when it is not theirs to read any more. */
  changed(actor: Actor, id: FileId): Promise<FileDocument> {
    return this.read({ ...actor, allDataAccess: true }, 'active', id);
  }

  /** @throws DomainError `folder_has_no_content`, and as `read` */
  async download(
    actor: Actor,
    state: FileState,
    id: FileId,
    { request, response }: { request: ObservedRequest; response: Response },
  ): Promise<void> {
    const content = await this.queries.findContent(actor, state, id);
    if (!content) throw missing(state, id);
    if (content === 'folder') throw fileErrors.folderHasNoContent(id);
    await this.contents.send(request, response, content);
  }

  /** The archive also tells what of an active folder is archived. */
  private async requireFolder(actor: Actor, state: FileState, id: FolderId): Promise<void> {
    const find = (where: FileState) => this.queries.find(actor, where, id, { kind: 'folders' });
    if ((await find('active')) || (state === 'archived' && (await find('archived')))) return;
    throw new DomainError('not_found', 'parent_folder_not_found', `There is no folder ${id}`, { parameter: PARENT });
  }
}

function missing(state: FileState, id: FileId): DomainError {
  return state === 'active' ? fileErrors.notFound(id) : fileErrors.notArchived(id);
}
