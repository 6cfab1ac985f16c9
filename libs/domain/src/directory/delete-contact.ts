import type { Actor, ContactId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { changeableContact } from './changeable-contact.js';
import type { ContactRepository } from './contact-repository.js';

/** Removes a contact for good; the history keeps that there was one. */
export class DeleteContact {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `contact_not_found`, `contact_not_changeable`, `contact_has_files`, `contact_in_use` */
  async execute(actor: Actor, { id }: { id: ContactId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const contact = await changeableContact(this.contacts, actor, id);
      const { loginEmail, externalUserId, portalAccess } = contact;
      await this.contacts.remove(contact);
      const details = { loginEmail, externalUserId, portalAccess };
      await this.history.record(actor, { action: 'contact.deleted', subject: { type: 'contact', id }, details });
    });
  }
}
