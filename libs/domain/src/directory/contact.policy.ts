import type { Actor, UserId } from '../kernel/index.js';

/** How a contact's affiliations stand to one user: counted where they are kept. */
export interface ContactReach {
  readonly createdBy: UserId;
  readonly affiliations: number;
  /** Those of them that are permitted to the user. */
  readonly permitted: number;
}

/** Whether `actor` may see the contact at all; if not, it is not found. The rule is that of files. */
export function canReadContact(actor: Actor, reach: ContactReach): boolean {
  if (actor.allDataAccess) return true;
  return reach.affiliations === 0 ? reach.createdBy === actor.userId : reach.permitted > 0;
}

/** Whether `actor` may change what they can read: every affiliation must be permitted to them. */
export function canChangeContact(actor: Actor, reach: ContactReach): boolean {
  return canReadContact(actor, reach) && (actor.allDataAccess || reach.permitted === reach.affiliations);
}
