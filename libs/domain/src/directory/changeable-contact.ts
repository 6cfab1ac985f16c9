import type { Actor, ContactId } from '../kernel/index.js';
import type { Contact } from './contact.js';
import { contactErrors } from './contact.errors.js';
import { canChange, canRead } from '../identity/index.js';
import type { ContactRepository } from './contact-repository.js';

/**
 * The contact, locked, when `actor` may change it.
 * @throws DomainError `contact_not_found` also when the actor may not read it; `contact_not_changeable` when they may
 *   read it only
 */
export async function changeableContact(contacts: ContactRepository, actor: Actor, id: ContactId): Promise<Contact> {
  const contact = await contacts.find(actor.firmId, id);
  if (!contact) throw contactErrors.notFound(id);
  if (actor.allDataAccess) return contact;
  const reach = await contacts.reachOf(actor.firmId, contact, actor.userId);
  if (!canRead(actor, reach)) throw contactErrors.notFound(id);
  if (!canChange(actor, reach)) throw contactErrors.notChangeable(id);
  return contact;
}
