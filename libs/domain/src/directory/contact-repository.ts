import type { ClientId, ContactId, EntityId, FirmId, UserId } from '../kernel/index.js';
import type { Affiliations } from './affiliations.js';
import type { Contact } from './contact.js';
import type { Reach } from '../identity/index.js';

/**
 * The contacts of a firm, for what changes them; used inside a unit of work. A contact is locked after the entities and
 * groups with which it is to be affiliated: see EntityRepository.
 */
export abstract class ContactRepository {
  /**
   * Adds `contact` and gives it its id.
   * @throws DomainError `login_email_taken`, `external_user_id_taken`
   */
  abstract add(contact: Contact): Promise<void>;

  /**
   * Adds `contacts`, and writes what is changed of others, as many as there are in a constant number of statements.
   * @throws DomainError `login_email_taken`, `external_user_id_taken`
   */
  abstract addAll(contacts: readonly Contact[]): Promise<void>;

  /** The contact, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: ContactId): Promise<Contact | null>;

  /**
   * Writes what is changed so far, so that the database decides whether nobody else of the firm has the same, and
   * whether the contact still has its default affiliation.
   * @throws DomainError `login_email_taken`, `external_user_id_taken`, `invalid_default_affiliation`
   */
  abstract requireUnique(contact: Contact): Promise<void>;

  /**
   * Removes the contact for good, with its affiliations.
   * @throws DomainError `contact_has_files` when files were ever published to it, `contact_in_use` when something else
   * that stays refers to it
   */
  abstract remove(contact: Contact): Promise<void>;

  /** Each ascending. */
  abstract affiliationsOf(firmId: FirmId, id: ContactId): Promise<Affiliations>;

  /** Adds affiliations to entities and groups that the firm has; one that is there already is no error. */
  abstract affiliate(firmId: FirmId, id: ContactId, affiliations: Affiliations): Promise<void>;

  /** Takes affiliations away; one that is not there is no error. */
  abstract separate(firmId: FirmId, id: ContactId, affiliations: Affiliations): Promise<void>;

  /** The entity of a client; null when the firm has no such client. */
  abstract entityOfClient(firmId: FirmId, id: ClientId): Promise<EntityId | null>;

  /** How the contact's affiliations stand to `userId`. */
  abstract reachOf(firmId: FirmId, contact: Contact, userId: UserId): Promise<Reach>;
}
