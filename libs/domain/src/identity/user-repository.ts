import type { FirmId, UserId } from '../kernel/index.js';
import type { PermittedData } from './data-access.js';
import type { User } from './user.js';

/**
 * The users of a firm; used inside a unit of work. A user is locked before entities and groups, and in a way that does
 * not keep others from referring to them: so what is changed of a user is written last.
 */
export abstract class UserRepository {
  /**
   * Adds `user`, gives it its id, and permits the data to it.
   * @throws DomainError `email_taken`, `external_user_id_taken`, `unknown_entities`, `unknown_groups`
   */
  abstract add(user: User, permitted: PermittedData): Promise<void>;

  /** The user, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: UserId): Promise<User | null>;

  /** The id of the firm's user with this address, in any case. */
  abstract findIdByEmail(firmId: FirmId, email: string): Promise<UserId | null>;

  /**
   * Writes what is changed so far, so that the database decides whether nobody else of the firm has the same.
   * @throws DomainError `email_taken`, `external_user_id_taken`
   */
  abstract requireUnique(user: User): Promise<void>;

  /** What is permitted to the user one by one, each ascending. */
  abstract permittedTo(firmId: FirmId, id: UserId): Promise<PermittedData>;

  /** Permits more data to the user; what is permitted already is no error. @throws UnknownIds */
  abstract permit(firmId: FirmId, id: UserId, data: PermittedData): Promise<void>;

  /** Takes data from the user; what was not permitted is no error. */
  abstract withdraw(firmId: FirmId, id: UserId, data: PermittedData): Promise<void>;

  /**
   * How many administrators the firm has beside this user; holds off others who ask until the unit of work ends. To be
   * asked before the user is found, so that two who ask don't wait for each other.
   */
  abstract countOtherAdministrators(firmId: FirmId, id: UserId): Promise<number>;
}
