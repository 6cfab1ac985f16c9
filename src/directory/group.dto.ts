import { ApiProperty } from '@nestjs/swagger';
import { PageLinks, ResourceIdentifier } from '../platform/http/json-api.dto.js';

export class GroupAttributes {
  /** @example "Smith Family" */
  name!: string;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** When the name or the members last changed. @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  modified_at!: string;
}

export class GroupMembersLinks {
  /** @example /v1/groups/100/relationships/members */
  self!: string;

  /** @example /v1/groups/100/members */
  related!: string;
}

/** The members of a group, as a member of the resource. */
export class GroupMembers {
  links!: GroupMembersLinks;

  /**
   * All of them, ascending. Left out of a group with more than 1,000 members, and in lists with more than 100: the links
   * lead to them, page by page.
   */
  data?: ResourceIdentifier[];
}

export class GroupMembersPageLinks extends GroupMembersLinks {
  /** The next page, or null on the last. @example /v1/groups/100/relationships/members?page[after]=10001 */
  next!: string | null;
}

/** One page of the members of a group, as the document of the relationship. */
export class GroupMembersPage {
  links!: GroupMembersPageLinks;

  data!: ResourceIdentifier[];
}

export class GroupRelationships {
  members!: GroupMembers;
}

export class GroupLinks {
  /** @example /v1/groups/100 */
  self!: string;
}

export class GroupResource {
  /** @example 100 */
  @ApiProperty({ example: '100' })
  id!: string;

  /** @example groups */
  type!: 'groups';

  attributes!: GroupAttributes;

  relationships!: GroupRelationships;

  links!: GroupLinks;
}

export class GroupDocument {
  data!: GroupResource;
}

export class GroupListDocument {
  data!: GroupResource[];

  links!: PageLinks;
}
