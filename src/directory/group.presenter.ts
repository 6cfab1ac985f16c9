import type { EntityListItem, GroupListItem } from '@portico/domain/directory';
import type { GroupId, Page } from '@portico/domain/kernel';
import { instant, nextLink, relationship } from '../platform/http/json-api.js';
import type { GroupDocument, GroupListDocument, GroupMembers, GroupMembersPage, GroupResource } from './group.dto.js';

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

  /** One page of the members of the group `id` as linkage; `links.next` repeats the path with `query`. */
  membersPage(id: GroupId, { items, next }: Page<EntityListItem>, query: object): GroupMembersPage {
    const { links, data } = membersOf(
      id,
      items.map((entity) => entity.id),
    );
    return { links: { ...links, next: nextLink(links.self, query as Record<string, unknown>, next) }, data };
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
      relationships: { members: shownMembers(group) },
      links: { self: `/v1/groups/${group.id}` },
    };
  }
}

function membersOf(id: GroupId, memberIds: readonly string[]) {
  return relationship(`/v1/groups/${id}`, 'members', 'entities', memberIds);
}

/** Without linkage when there are too many: `related` pages through them. */
function shownMembers({ id, memberIds }: GroupListItem): GroupMembers {
  const { links, data } = membersOf(id, memberIds ?? []);
  return memberIds ? { links, data } : { links };
}
