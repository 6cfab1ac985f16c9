import {
  type Actor,
  type ClientId,
  type ContactId,
  type EntityId,
  type FirmId,
  InvalidField,
  type UserId,
} from '../kernel/index.js';
import { canChange, type Reach } from '../identity/index.js';
import type { Contact } from './contact.js';
import { contactErrors } from './contact.errors.js';
import type { ContactProfile } from './contact-profile.js';

/** A client that a row can choose. */
export interface ImportedClient {
  readonly id: ClientId;
  readonly externalId: string | null;
  readonly entityId: EntityId;
}

/** The entity from which a contact goes with its client, and the one to which it comes. */
export interface ContactMove {
  readonly left: EntityId | null;
  readonly joined: EntityId | null;
}

/**
 * What taking over many contacts at once asks and does beside ContactRepository; used inside a unit of work. However
 * many there are, each question and each change is one statement.
 */
export abstract class ContactImport {
  /** The contacts that another system calls by one of these names, locked until the unit of work ends. */
  abstract findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Contact[]>;

  /** The firm's clients with one of these ids, or that another system calls by one of these names. */
  abstract clients(
    firmId: FirmId,
    ids: readonly ClientId[],
    externalIds: readonly string[],
  ): Promise<readonly ImportedClient[]>;

  abstract entitiesOf(firmId: FirmId, ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, EntityId>>;

  /** Which contact signs in with each of these addresses. */
  abstract ownersOf(firmId: FirmId, loginEmails: readonly string[]): Promise<ReadonlyMap<string, ContactId>>;

  /** How the affiliations of these contacts stand to `userId`. */
  abstract reachesOf(firmId: FirmId, ids: readonly ContactId[], userId: UserId): Promise<ReadonlyMap<ContactId, Reach>>;

  /** Changes the affiliations of contacts that change their client. */
  abstract move(firmId: FirmId, moves: readonly (ContactMove & { readonly id: ContactId })[]): Promise<void>;
}

/** @throws DomainError `contact_not_changeable` naming the first that the actor may not change */
export async function requireChangeable(
  imports: ContactImport,
  actor: Actor,
  contacts: readonly Contact[],
): Promise<void> {
  if (actor.allDataAccess || contacts.length === 0) return;
  const ids = contacts.map(({ id }) => id);
  const reaches = await imports.reachesOf(actor.firmId, ids, actor.userId);
  for (const id of ids) {
    const reach = reaches.get(id);
    if (!reach || !canChange(actor, reach)) throw contactErrors.notChangeable(id);
  }
}

/** @throws InvalidField naming the row of an address with which another contact signs in, or which two rows want */
export async function requireFreeLogins(
  imports: ContactImport,
  firmId: FirmId,
  rows: readonly { readonly at: number; readonly externalId: string; readonly profile: Partial<ContactProfile> }[],
  there: readonly Contact[],
): Promise<void> {
  const wanted = rows.flatMap(({ profile }) => profile.loginEmail ?? []);
  const owners = wanted.length === 0 ? new Map<string, ContactId>() : await imports.ownersOf(firmId, wanted);
  const ids = new Map(there.map(({ externalUserId, id }) => [externalUserId, id]));
  const seen = new Set<string>();
  for (const { at, externalId, profile } of rows) {
    const { loginEmail } = profile;
    if (loginEmail === null || loginEmail === undefined) continue;
    const owner = owners.get(loginEmail);
    if (seen.has(loginEmail) || (owner !== undefined && owner !== ids.get(externalId)))
      throw new InvalidField(`${at}/loginEmail`, 'is the address of another contact already', 'login_email_taken');
    seen.add(loginEmail);
  }
}
