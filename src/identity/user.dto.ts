import { ApiProperty } from '@nestjs/swagger';
import { type Permission, PERMISSIONS } from '@portico/domain/kernel';
import { PageLinks, ResourceIdentifier } from '../platform/http/json-api.dto.js';

/** What is known of a user: staff of the firm. */
export class UserAttributes {
  /** In lower case. @example ann@example.com */
  email!: string;

  /** @example Ann */
  first_name!: string | null;

  /** @example Smith */
  last_name!: string | null;

  /** How the user is shown. */
  @ApiProperty({ example: 'Ann Smith' })
  name!: string;

  /** What the firm calls the user; one user of the firm for each. @example A12345 */
  external_user_id!: string | null;

  /** @example email_password */
  login_method!: 'email_password';

  /** Whether the user has all permissions, and all data: that of `firm_admin`. @example false */
  admin_access!: boolean;

  /** Whether the user may read and change all present and future data of the firm. @example false */
  all_data_access!: boolean;

  /** @example false */
  two_factor_auth_enabled!: boolean;

  /** As granted; `files_edit` includes `files_view`, `firm_admin` includes all. */
  @ApiProperty({ enum: [...PERMISSIONS], isArray: true, example: ['api_access', 'files_view'] })
  permissions!: Permission[];

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  modified_at!: string;
}

export class PermissionedResources {
  data!: ResourceIdentifier[];
}

/** What is permitted to the user one by one; of that, what is permitted to the caller as well. */
export class UserRelationships {
  @ApiProperty({ example: { data: [{ type: 'entities', id: '10000' }] } })
  permissioned_entities!: PermissionedResources;

  @ApiProperty({ example: { data: [{ type: 'groups', id: '20000' }] } })
  permissioned_groups!: PermissionedResources;
}

export class UserLinks {
  /** @example /v1/users/2000 */
  self!: string;
}

export class UserResource {
  /** @example 2000 */
  @ApiProperty({ example: '2000' })
  id!: string;

  /** @example users */
  type!: 'users';

  attributes!: UserAttributes;

  relationships!: UserRelationships;

  links!: UserLinks;
}

export class UserDocument {
  data!: UserResource;
}

export class UserListDocument {
  data!: UserResource[];

  links!: PageLinks;
}
