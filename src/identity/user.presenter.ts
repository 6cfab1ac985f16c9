import type { UserListItem } from '@portico/domain/identity';
import type { Page } from '@portico/domain/kernel';
import { instant, nextLink } from '../platform/http/json-api.js';
import type { UserDocument, UserListDocument, UserResource } from './user.dto.js';

const BASE = '/v1/users';

/** Users as JSON:API resources. */
export class UserPresenter {
  document(user: UserListItem): UserDocument {
    return { data: this.resource(user) };
  }

  list(page: Page<UserListItem>, query: object): UserListDocument {
    return {
      data: page.items.map((user) => this.resource(user)),
      links: { next: nextLink(BASE, query as Record<string, unknown>, page.next) },
    };
  }

  private resource(user: UserListItem): UserResource {
    const linked = (type: string, ids: readonly string[]) => ({ data: ids.map((id) => ({ type, id })) });
    return {
      id: user.id,
      type: 'users',
      attributes: {
        email: user.email,
        first_name: user.firstName,
        last_name: user.lastName,
        name: user.name,
        external_user_id: user.externalUserId,
        login_method: 'email_password',
        admin_access: user.permissions.includes('firm_admin'),
        all_data_access: user.allDataAccess,
        two_factor_auth_enabled: false,
        permissions: [...user.permissions],
        created_at: instant(user.createdAt),
        modified_at: instant(user.modifiedAt),
      },
      relationships: {
        permissioned_entities: linked('entities', user.entityIds),
        permissioned_groups: linked('groups', user.groupIds),
      },
      links: { self: `${BASE}/${user.id}` },
    };
  }
}
