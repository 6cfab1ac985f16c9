import type {
  Actor,
  CountedList,
  EntityId,
  GroupId,
  ListRequest,
  Page,
  PageRequest,
  Permission,
  UserId,
} from '../kernel/index.js';

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

/** The fields by which users are filtered and sorted. */
export type UserField =
  | ('id' | 'email' | 'name' | 'firstName' | 'lastName' | 'externalUserId' | 'allDataAccess')
  | ('createdAt' | 'updatedAt');

/** Reads that decide nothing, each with one statement. Who may manage users sees all of the firm. */
export abstract class UserQueries {
  abstract find(actor: Actor, id: UserId): Promise<UserListItem | null>;

  /** One page of the firm's users, in ascending id order. */
  abstract list(actor: Actor, page: PageRequest): Promise<Page<UserListItem>>;

  /** A part of them, by fields, and how many there are in all. */
  abstract listCounted(actor: Actor, request: ListRequest<UserField>): Promise<CountedList<UserListItem>>;
}
