import type { EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { Group } from './group.js';

/**
 * The groups of a firm and their members, for what changes them; used inside a unit of work. Entities are locked before
 * groups, groups before contacts: see EntityRepository.
 */
export abstract class GroupRepository {
  /** Adds `group` and gives it its id. */
  abstract add(group: Group): Promise<void>;

  /** The group, locked against other changes, of its members too, until the unit of work ends. */
  abstract find(firmId: FirmId, id: GroupId): Promise<Group | null>;

  /** Permits the group to a user of the firm; doing it again is no error. */
  abstract permit(firmId: FirmId, id: GroupId, userId: UserId): Promise<void>;

  /** All members, ascending. */
  abstract listMembers(firmId: FirmId, id: GroupId): Promise<readonly EntityId[]>;

  /** Adds entities of the firm, and answers those that were no members before. */
  abstract addMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]>;

  /** Removes entities, and answers those that were members before. */
  abstract removeMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]>;

  /** How many files and folders, archived ones too, are associated with the group. */
  abstract countFiles(firmId: FirmId, id: GroupId): Promise<number>;

  /**
   * Removes `group`, and with it its memberships, and to whom it is permitted and affiliated.
   * @throws DomainError `group_in_use`
   */
  abstract remove(group: Group): Promise<void>;
}
