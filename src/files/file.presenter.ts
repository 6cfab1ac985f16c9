import type { AssociationKind, FileListItem } from '@portico/domain/files';
import type { Page } from '@portico/domain/kernel';
import type { Relationship } from '../platform/http/json-api.dto.js';
import { instant, nextLink, relationship } from '../platform/http/json-api.js';
import type { FileDocument, FileListDocument, FileResource } from './file.dto.js';

const INCLUDED_OBJECTS = 'filter[files][includedObjects]';

/** Files and folders as JSON:API resources below `base`, which is `/v1/files` or `/v1/archive/files`. */
export class FilePresenter {
  constructor(private readonly base: string) {}

  document(file: FileListItem): FileDocument {
    return { data: this.resource(file) };
  }

  list(page: Page<FileListItem>, query: object): FileListDocument {
    return {
      data: page.items.map((file) => this.resource(file)),
      ...(INCLUDED_OBJECTS in query && { included: [] }),
      links: { next: nextLink(this.base, query as Record<string, unknown>, page.next) },
    };
  }

  /** The linkage of one relationship, as the document of its own route. */
  linkage({ id, groupIds, entityIds }: FileListItem, kind: AssociationKind): Relationship {
    return relationship(`${this.base}/${id}`, `associated_${kind}`, kind, kind === 'groups' ? groupIds : entityIds);
  }

  private resource(file: FileListItem): FileResource {
    const self = `${this.base}/${file.id}`;
    const createdAt = instant(file.createdAt);
    const isModified = file.modifiedAt.getTime() !== file.createdAt.getTime();
    return {
      id: file.id,
      type: 'files',
      attributes: {
        content_type: file.contentType,
        ...(file.bytes !== null && { bytes: file.bytes }),
        name: file.name,
        created_at: createdAt,
        modified_at: isModified ? instant(file.modifiedAt) : createdAt,
        ...(file.deletedAt && { deleted_at: instant(file.deletedAt) }),
        is_folder: file.isFolder,
        parent_folder_id: Number(file.parentId ?? 0),
        ...(file.sha256 !== null && { sha256: file.sha256 }),
      },
      relationships: {
        associated_groups: this.linkage(file, 'groups'),
        associated_entities: this.linkage(file, 'entities'),
      },
      links: { self },
    };
  }
}
