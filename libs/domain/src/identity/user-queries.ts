import type { Actor, EntityId, GroupId, Page, PageRequest, Permission, UserId } from '../kernel/index.js';

/** A user as lists and single reads show it. */
export interface UserListItem {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly externalUserId: string | null;
  /** As granted. */
  readonly permissions: readonly Permission[];
  readonly allDataAccess: boolean;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Permitted one by one, each ascending; of those, what is permitted to the actor as well. */
  readonly entityIds: readonly EntityId[];
  readonly groupIds: readonly GroupId[];
}

/** Reads that decide nothing, each with one statement. Who may manage users sees all of the firm. */
export abstract class UserQueries {
  abstract find(actor: Actor, id: UserId): Promise<UserListItem | null>;

  /** One page of the firm's users, in ascending id order. */
  abstract list(actor: Actor, page: PageRequest): Promise<Page<UserListItem>>;
}
