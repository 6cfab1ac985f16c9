import type { GroupListItem } from '@portico/domain/directory';
import type { Page } from '@portico/domain/kernel';
import { instant, nextLink, relationship } from '../platform/http/json-api.js';
import type { GroupDocument, GroupListDocument, GroupMembers, GroupResource } from './group.dto.js';

/** Groups as JSON:API resources. */
export class GroupPresenter {
  document(group: GroupListItem): GroupDocument {
    return { data: this.resource(group) };
  }

  /** `path` is that of the list, such as `/v1/groups`; `links.next` repeats it with `query`. */
  list(page: Page<GroupListItem>, path: string, query: object): GroupListDocument {
    return {
      data: page.items.map((group) => this.resource(group)),
      links: { next: nextLink(path, query as Record<string, unknown>, page.next) },
    };
  }

  members({ id, memberIds }: GroupListItem): GroupMembers {
    return relationship(`/v1/groups/${id}`, 'members', 'entities', memberIds);
  }

  private resource(group: GroupListItem): GroupResource {
    return {
      id: group.id,
      type: 'groups',
      attributes: {
        name: group.name,
        created_at: instant(group.createdAt),
        modified_at: instant(group.modifiedAt),
      },
      relationships: { members: this.members(group) },
      links: { self: `/v1/groups/${group.id}` },
    };
  }
}
