import type { Actor, Clock, ContactId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import { type Affiliations, lacking, together } from './affiliations.js';
import { changeableContact } from './changeable-contact.js';
import { requireClientAffiliation } from './contact-client.js';
import type { ContactRepository } from './contact-repository.js';
import { reaffiliate } from './reaffiliate.js';
import { verdictOf } from './verdict.js';

export interface ChangeAffiliationsInput {
  readonly id: ContactId;
  readonly how: 'add' | 'replace' | 'remove';
  /** The kind that is not given stays as it is. */
  readonly affiliations: Partial<Affiliations>;
}

/** Adds, replaces or removes affiliations of a contact; what is so already is no error. */
export class ChangeAffiliations {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws UnknownIds naming those that are not there for the actor: one refuses the whole list
   * @throws InvalidIds `client_affiliation_required`
   * @throws DomainError `contact_not_found`, `contact_not_changeable`
   */
  async execute(actor: Actor, { id, how, affiliations }: ChangeAffiliationsInput): Promise<void> {
    await this.unitOfWork.run(async () => {
      // what it is affiliated with is locked before the contact
      const verdict = await verdictOf(() => requireReach(this.access, actor, affiliations));
      const contact = await changeableContact(this.contacts, actor, id);
      verdict();
      const from = await this.contacts.affiliationsOf(actor.firmId, id);
      const to = applied(how, from, affiliations);
      if (how !== 'add' && affiliations.entityIds) await requireClientAffiliation(this.contacts, contact, to);
      const details = await reaffiliate(this.contacts, contact, from, to, this.clock.now());
      if (Object.keys(details).length === 0) return;
      await this.history.record(actor, { action: 'contact.reaffiliated', subject: { type: 'contact', id }, details });
    });
  }
}

function applied(how: ChangeAffiliationsInput['how'], from: Affiliations, given: Partial<Affiliations>): Affiliations {
  if (how === 'replace') return { ...from, ...given };
  return how === 'add'
    ? { entityIds: together(from.entityIds, given.entityIds), groupIds: together(from.groupIds, given.groupIds) }
    : { entityIds: lacking(from.entityIds, given.entityIds), groupIds: lacking(from.groupIds, given.groupIds) };
}
