import type { Actor, Clock, ContactId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { changeableContact } from './changeable-contact.js';
import type { ContactRepository } from './contact-repository.js';

export type PortalAccessStep = 'invite' | 'revoke' | 'restore';

const DONE = { invite: 'contact.invited', revoke: 'contact.revoked', restore: 'contact.restored' } as const;

/** Gives a contact access to the portal, takes it away, or gives it back. */
export class ChangePortalAccess {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `contact_not_found`, `contact_not_changeable`, and what the step refuses: `login_email_missing`,
   *   `contact_already_active`, `contact_revoked`, `contact_not_active`, `contact_not_revoked`
   */
  async execute(actor: Actor, { id, step }: { id: ContactId; step: PortalAccessStep }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const contact = await changeableContact(this.contacts, actor, id);
      const from = contact.portalAccess;
      if (!contact[step](this.clock.now())) return;
      const details = { from, to: contact.portalAccess };
      await this.history.record(actor, { action: DONE[step], subject: { type: 'contact', id }, details });
    });
  }
}
