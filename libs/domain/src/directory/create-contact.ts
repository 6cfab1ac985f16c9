import type { Actor, ClientId, Clock, ContactId, Sealer, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import { Contact, type NewContactProfile } from './contact.js';
import { entityOfChosenClient, withClient } from './contact-client.js';
import type { ContactRepository } from './contact-repository.js';
import { changeSsn, checkedSsn } from './contact-ssn.js';

export interface CreateContactInput {
  readonly profile: NewContactProfile;
  readonly ssn?: string | null;
  readonly affiliations?: Partial<Affiliations>;
  /** With the client's entity the contact is affiliated too. */
  readonly clientId?: ClientId | null;
  /** One of `affiliations`, or the client's entity. */
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
   * @throws InvalidField, with the code `unknown_client` for a client that is not there for the actor
   * @throws UnknownIds naming the affiliations that are not there for the actor
   * @throws DomainError `login_email_taken`, `external_user_id_taken`, `invalid_default_affiliation`
   */
  async execute(actor: Actor, input: CreateContactInput): Promise<ContactId> {
    const { firmId, userId } = actor;
    const ssn = checkedSsn(input.ssn ?? null);
    const { clientId = null } = input;
    const { entityIds = [], groupIds = [] } = input.affiliations ?? {};
    return this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const contact = new Contact({ firmId, createdBy: userId, createdAt: now, profile: input.profile });
      await requireReach(this.access, actor, { entityIds, groupIds });
      const entityId = await entityOfChosenClient(this.contacts, this.access, actor, clientId);
      const affiliations = withClient({ entityIds, groupIds }, null, entityId);
      contact.joinClient(clientId, now);
      await this.contacts.add(contact);
      await this.contacts.affiliate(firmId, contact.id, affiliations);
      contact.preferAffiliation(input.defaultAffiliation ?? null, affiliations, now);
      changeSsn(this.sealer, contact, ssn, now);
      const { loginEmail, externalUserId, portalRole } = contact;
      const details = { loginEmail, externalUserId, portalRole, clientId, ...affiliations };
      const subject = { type: 'contact', id: contact.id };
      await this.history.record(actor, { action: 'contact.created', subject, details });
      return contact.id;
    });
  }
}
