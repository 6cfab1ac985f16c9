import type { ContactId, FirmId, UserId } from '../kernel/index.js';
import type { Affiliations } from './affiliations.js';
import type { Contact } from './contact.js';
import type { Reach } from '../identity/index.js';

/** The contacts of a firm, for what changes them; used inside a unit of work. */
export abstract class ContactRepository {
  /**
   * Adds `contact` and gives it its id.
   * @throws DomainError `login_email_taken`, `external_user_id_taken`
   */
  abstract add(contact: Contact): Promise<void>;

  /** The contact, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: ContactId): Promise<Contact | null>;

  /**
   * Writes what is changed so far, so that the database decides whether nobody else of the firm has the same.
   * @throws DomainError `login_email_taken`, `external_user_id_taken`
   */
  abstract requireUnique(contact: Contact): Promise<void>;

  /** Removes the contact for good, with its affiliations. */
  abstract remove(contact: Contact): Promise<void>;

  /** Each ascending. */
  abstract affiliationsOf(firmId: FirmId, id: ContactId): Promise<Affiliations>;

  /** Adds affiliations to entities and groups that the firm has; one that is there already is no error. */
  abstract affiliate(firmId: FirmId, id: ContactId, affiliations: Affiliations): Promise<void>;

  /** Takes affiliations away; one that is not there is no error. */
  abstract separate(firmId: FirmId, id: ContactId, affiliations: Affiliations): Promise<void>;

  /** How the contact's affiliations stand to `userId`. */
  abstract reachOf(firmId: FirmId, contact: Contact, userId: UserId): Promise<Reach>;
}
