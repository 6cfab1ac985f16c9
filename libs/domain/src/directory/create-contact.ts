import type { Actor, Clock, ContactId, Sealer, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import { Contact, type NewContactProfile } from './contact.js';
import type { ContactRepository } from './contact-repository.js';
import { changeSsn, checkedSsn } from './contact-ssn.js';

export interface CreateContactInput {
  readonly profile: NewContactProfile;
  readonly ssn?: string | null;
  readonly affiliations?: Partial<Affiliations>;
  /** One of `affiliations`. */
  readonly defaultAffiliation?: DefaultAffiliation | null;
}

/** Adds a contact, who has no access to the portal yet. */
export class CreateContact {
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
   * @throws DomainError `login_email_taken`, `external_user_id_taken`, `invalid_default_affiliation`
   */
  async execute(actor: Actor, input: CreateContactInput): Promise<ContactId> {
    const { firmId, userId } = actor;
    const now = this.clock.now();
    const contact = new Contact({ firmId, createdBy: userId, createdAt: now, profile: input.profile });
    const ssn = checkedSsn(input.ssn ?? null);
    const { entityIds = [], groupIds = [] } = input.affiliations ?? {};
    await this.unitOfWork.run(async () => {
      await requireReach(this.access, actor, { entityIds, groupIds });
      await this.contacts.add(contact);
      await this.contacts.affiliate(firmId, contact.id, { entityIds, groupIds });
      contact.preferAffiliation(input.defaultAffiliation ?? null, { entityIds, groupIds }, now);
      changeSsn(this.sealer, contact, ssn, now);
      const { loginEmail, externalUserId, portalRole } = contact;
      const details = { loginEmail, externalUserId, portalRole, entityIds, groupIds };
      const subject = { type: 'contact', id: contact.id };
      await this.history.record(actor, { action: 'contact.created', subject, details });
    });
    return contact.id;
  }
}
