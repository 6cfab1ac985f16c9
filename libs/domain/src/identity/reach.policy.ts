import type { Actor, UserId } from '../kernel/index.js';

/**
 * How the entities and groups to which something belongs stand to one user, counted where they are kept: the effective
 * associations of a file or folder, the affiliations of a contact.
 */
export interface Reach {
  readonly createdBy: UserId;
  /** All of them. */
  readonly associations: number;
  /** Those of them that are permitted to the user. */
  readonly permitted: number;
}

/** Whether `actor` may see it at all (contract, section 2, "Data access"); if not, it is not found. */
export function canRead(actor: Actor, reach: Reach): boolean {
  if (actor.allDataAccess) return true;
  return reach.associations === 0 ? reach.createdBy === actor.userId : reach.permitted > 0;
}

/** Whether `actor` may change what they can read: all of them must be permitted to them. */
export function canChange(actor: Actor, reach: Reach): boolean {
  return canRead(actor, reach) && (actor.allDataAccess || reach.permitted === reach.associations);
}
