import type { Response } from 'express';
import type { EntityQueries, GroupQueries } from '@portico/domain/directory';
import type { AssociationKind, FileState } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import {
  type EntityListDocument,
  EntityPresenter,
  type GroupListDocument,
  GroupPresenter,
} from '../directory/directory.module.js';
import { FilePresenter, type FileReads } from '../files/files.module.js';
import { pageRequest } from '../platform/http/json-api.js';
import type { Relationship } from '../platform/http/json-api.dto.js';
import type { PageParameters } from '../platform/http/page-query.dto.js';
import { setTag } from '../platform/http/send-tag.js';

const BASE: Readonly<Record<FileState, string>> = { active: '/v1/files', archived: '/v1/archive/files' };
const FILES: Readonly<Record<FileState, FilePresenter>> = {
  active: new FilePresenter(BASE.active),
  archived: new FilePresenter(BASE.archived),
};
const ENTITIES = new EntityPresenter();
const GROUPS = new GroupPresenter();

/** Of which file or folder, and which of its relationships. */
interface Asked {
  readonly state: FileState;
  readonly id: FileId;
  readonly kind: AssociationKind;
}

/** What a file or folder is associated with, as linkage and as full resources. */
export class AssociationReads {
  constructor(
    private readonly files: FileReads,
    private readonly entities: EntityQueries,
    private readonly groups: GroupQueries,
  ) {}

  /** Under the tag of the file or folder. @throws DomainError `file_not_found`, `archived_file_not_found` */
  async linkage(actor: Actor, { state, id, kind }: Asked, response: Response): Promise<Relationship> {
    const file = await this.files.get(actor, state, id);
    setTag(response, FILES[state].document(file));
    return FILES[state].linkage(file, kind);
  }

  /** Those that `actor` may see. @throws as `linkage` */
  async related(
    actor: Actor,
    { state, id, kind }: Asked,
    query: PageParameters,
  ): Promise<EntityListDocument | GroupListDocument> {
    const file = await this.files.get(actor, state, id);
    const page = pageRequest(query);
    const path = `${BASE[state]}/${id}/associated_${kind}`;
    if (kind === 'entities')
      return ENTITIES.list(await this.entities.listByIds(actor.firmId, file.entityIds, page), path, query);
    return GROUPS.list(await this.groups.listByIds(actor.firmId, file.groupIds, page), path, query);
  }
}
