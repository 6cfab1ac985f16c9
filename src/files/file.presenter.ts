import type { FileListItem } from '@portico/domain/files';
import type { Page } from '@portico/domain/kernel';
import { instant, nextLink, relationship } from '../platform/http/json-api.js';
import type { FileDocument, FileListDocument, FileResource } from './file.dto.js';

/** Files as JSON:API resources below `base`, which is `/v1/files` or `/v1/archive/files`. */
export class FilePresenter {
  constructor(private readonly base: string) {}

  document(file: FileListItem): FileDocument {
    return { data: this.resource(file) };
  }

  list(page: Page<FileListItem>, query: object): FileListDocument {
    return {
      data: page.items.map((file) => this.resource(file)),
      links: { next: nextLink(this.base, query as Record<string, unknown>, page.next) },
    };
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
        bytes: file.bytes,
        name: file.name,
        created_at: createdAt,
        modified_at: isModified ? instant(file.modifiedAt) : createdAt,
        ...(file.deletedAt && { deleted_at: instant(file.deletedAt) }),
        is_folder: false,
        parent_folder_id: Number(file.parentId ?? 0),
        sha256: file.sha256,
      },
      relationships: {
        associated_groups: relationship(self, 'associated_groups', 'groups', file.groupIds),
        associated_entities: relationship(self, 'associated_entities', 'entities', file.entityIds),
      },
      links: { self },
    };
  }
}
