import type { Actor, Clock, ContactId, Sealer, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import { changeableContact } from './changeable-contact.js';
import { toldChanges } from './contact-history.js';
import type { ContactProfile } from './contact-profile.js';
import type { ContactRepository } from './contact-repository.js';
import { changeSsn, checkedSsn } from './contact-ssn.js';
import { reaffiliate } from './reaffiliate.js';

export interface ChangeContactInput {
  readonly id: ContactId;
  readonly profile?: Partial<ContactProfile>;
  readonly ssn?: string | null;
  /** What is given replaces the contact's own. */
  readonly affiliations?: Partial<Affiliations>;
  /** One of the contact's affiliations. */
  readonly defaultAffiliation?: DefaultAffiliation | null;
}

/** Changes what is given of a contact; null takes away what may be absent. */
export class ChangeContact {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly access: DataAccess,
    private readonly sealer: Sealer,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidField
   * @throws UnknownIds naming the affiliations that are not there for the actor
   * @throws DomainError `contact_not_found`, `contact_not_changeable`, `login_email_taken`, `external_user_id_taken`,
   *   `login_email_required`, `invalid_default_affiliation`
   */
  async execute(actor: Actor, input: ChangeContactInput): Promise<void> {
    const { id, profile = {}, affiliations = {} } = input;
    const ssn = input.ssn === undefined ? undefined : checkedSsn(input.ssn);
    await this.unitOfWork.run(async () => {
      const contact = await changeableContact(this.contacts, actor, id);
      await requireReach(this.access, actor, affiliations);
      const now = this.clock.now();
      const before = { ...contact };
      const fields = contact.edit(profile, now);
      if (fields.length > 0) await this.contacts.requireUnique(contact);
      const details = toldChanges(fields, before, contact);
      const from = await this.contacts.affiliationsOf(actor.firmId, id);
      const to = { ...from, ...affiliations };
      Object.assign(details, await reaffiliate(this.contacts, contact, from, to, now));
      const { defaultAffiliation: preferred } = input;
      if (preferred !== undefined && contact.preferAffiliation(preferred, to, now))
        details['defaultAffiliation'] = preferred;
      if (ssn !== undefined && changeSsn(this.sealer, contact, ssn, now)) details['ssn'] = 'changed';
      if (Object.keys(details).length === 0) return;
      await this.history.record(actor, { action: 'contact.changed', subject: { type: 'contact', id }, details });
    });
  }
}
