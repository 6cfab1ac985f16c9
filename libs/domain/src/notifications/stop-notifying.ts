import { type ContactRepository, contactErrors } from '../directory/index.js';
import type { History } from '../history/index.js';
import type { Clock, ContactId, FirmId, Origin, UnitOfWork } from '../kernel/index.js';

/** Turns the mails to a contact off, because whoever has the link out of one of them says so (RFC 8058). */
export class StopNotifying {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A second time changes nothing and is no error. @throws DomainError `contact_not_found` */
  async execute(input: { firmId: FirmId; contactId: ContactId; origin: Origin }): Promise<void> {
    const { firmId, contactId: id, origin } = input;
    await this.unitOfWork.run(async () => {
      const contact = await this.contacts.find(firmId, id);
      if (!contact) throw contactErrors.notFound(id);
      if (contact.edit({ notifyByEmail: false }, this.clock.now()).length === 0) return;
      const author = { firmId, userId: null, credential: { kind: 'unsubscribe_link', id }, origin } as const;
      const details = { notifyByEmail: { from: true, to: false } };
      await this.history.record(author, { action: 'contact.changed', subject: { type: 'contact', id }, details });
    });
  }
}
