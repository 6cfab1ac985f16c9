import type { EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { User } from './user.js';

/** The entities and groups whose data a user without `allDataAccess` may reach. */
export interface PermittedData {
  readonly entityIds: readonly EntityId[];
  readonly groupIds: readonly GroupId[];
}

/** The users of a firm; used inside a unit of work. */
export abstract class UserRepository {
  /**
   * Adds `user`, gives it its id, and permits the data to it.
   * @throws DomainError `email_taken`, `unknown_entities`, `unknown_groups`
   */
  abstract add(user: User, permitted: PermittedData): Promise<void>;

  /** The id of the firm's user with this address, in any case. */
  abstract findIdByEmail(firmId: FirmId, email: string): Promise<UserId | null>;
}
