import type { Actor, EntityId, FirmId, GroupId, Page, PageRequest } from '../kernel/index.js';

/** How many members a group may have to be shown with all of them: read by itself, and in a list. */
export const MOST_MEMBERS = { read: 1000, listed: 100 } as const;

/** A group as lists and single reads show it. */
export interface GroupListItem {
  readonly id: GroupId;
  readonly name: string;
  readonly createdAt: Date;
  /** When its name or its members last changed. */
  readonly modifiedAt: Date;
  /** All of its members, ascending; null when there are more than MOST_MEMBERS. */
  readonly memberIds: readonly EntityId[] | null;
}

/** Reads that decide nothing, each with one statement. */
export abstract class GroupQueries {
  /** The group, if it is permitted to `actor` (contract, section 2, "Data access"); else null. */
  abstract find(actor: Actor, id: GroupId): Promise<GroupListItem | null>;

  /** One page of the groups that are permitted to `actor`, in ascending id order. */
  abstract list(actor: Actor, page: PageRequest): Promise<Page<GroupListItem>>;

  /**
   * One page of those of `ids` that the firm has, in ascending id order. The caller has checked who may see what they
   * belong to.
   */
  abstract listByIds(firmId: FirmId, ids: readonly GroupId[], page: PageRequest): Promise<Page<GroupListItem>>;
}
