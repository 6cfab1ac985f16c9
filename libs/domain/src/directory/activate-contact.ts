import type { Author, Clock, ContactId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { ContactRepository } from './contact-repository.js';

/** The first use of the portal makes an invited contact active. */
export class ActivateContact {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Of one who is not invited, or not any more, nothing changes. */
  async execute(author: Author, { id }: { id: ContactId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const contact = await this.contacts.find(author.firmId, id);
      if (!contact?.activate(this.clock.now())) return;
      const details = { from: 'invited', to: 'active' };
      await this.history.record(author, { action: 'contact.activated', subject: { type: 'contact', id }, details });
    });
  }
}
