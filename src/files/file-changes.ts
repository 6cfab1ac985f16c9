import type { ChangeFile, CreateFolder } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { requireSameResource } from '../platform/http/json-api.js';
import { located } from '../platform/http/located.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { placesIn } from './fault-places.js';
import { type ChangeFileBody, CreateFolderBody, folderOf, idsIn } from './file-body.dto.js';

/** From the document in a body to the change. */
export class FileChanges {
  constructor(
    private readonly createFolder: CreateFolder,
    private readonly changeFile: ChangeFile,
  ) {}

  /** The id of the new folder. @throws DomainError for every fault of `body` */
  create(actor: Actor, body: unknown): Promise<FileId> {
    const { data } = checkedBody(CreateFolderBody, body);
    requireSameResource(data, 'files');
    const { name, parent_folder_id } = data.attributes;
    const parentId = folderOf(parent_folder_id) ?? null;
    const associations = idsIn(data.relationships) ?? {};
    const execute = () => this.createFolder.execute(actor, { name, parentId, associations });
    return located(execute, placesIn(data.relationships));
  }

  /** @throws DomainError for every fault of the body */
  async change(actor: Actor, id: FileId, { data }: ChangeFileBody): Promise<void> {
    requireSameResource(data, 'files', id);
    const { name, parent_folder_id } = data.attributes ?? {};
    const parentId = folderOf(parent_folder_id);
    const associations = idsIn(data.relationships);
    const execute = () => this.changeFile.execute(actor, { id, name, parentId, associations });
    await located(execute, placesIn(data.relationships));
  }
}
