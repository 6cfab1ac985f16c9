import type { Actor, ContactId, EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import { directoryErrors } from './directory.errors.js';

type Kind = 'entities' | 'groups';

/**
 * Who loses something when an entity or group goes; asked inside a unit of work, when it is locked, so that nobody
 * joins them.
 */
export abstract class Dependents {
  /** Removes the entity from every group of the firm, and answers these groups, ascending; they count as modified at `now`. */
  abstract leaveGroups(firmId: FirmId, entityId: EntityId, now: Date): Promise<readonly GroupId[]>;

  /**
   * The contacts that are affiliated with it, ascending, locked against other changes until the unit of work ends; they
   * count as modified at `now`.
   */
  abstract touchContacts(firmId: FirmId, of: Kind, id: string, now: Date): Promise<readonly ContactId[]>;

  /** One of `contactIds` that is affiliated with something that is not permitted to `actor`; null when there is none. */
  abstract findUnchangeable(actor: Actor, contactIds: readonly ContactId[]): Promise<ContactId | null>;

  /** The users to whom it is permitted by itself, ascending. */
  abstract listUsers(firmId: FirmId, of: Kind, id: string): Promise<readonly UserId[]>;
}

/**
 * The contacts and users that lose something when it goes, for the history.
 * @throws DomainError `affiliated_contact_not_changeable`: to take an affiliation from a contact is to change the contact
 */
export async function affectedBy(
  dependents: Dependents,
  actor: Actor,
  of: Kind,
  id: string,
  now: Date,
): Promise<{ contactIds: readonly ContactId[]; userIds: readonly UserId[] }> {
  const contactIds = await dependents.touchContacts(actor.firmId, of, id, now);
  const unchangeable =
    actor.allDataAccess || contactIds.length === 0 ? null : await dependents.findUnchangeable(actor, contactIds);
  if (unchangeable !== null) throw directoryErrors.contactNotChangeable(unchangeable);
  return { contactIds, userIds: await dependents.listUsers(actor.firmId, of, id) };
}
