import type { Actor, ClientId, Clock, ContactId, EntityId, Sealer, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, requireReach } from '../identity/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import { changeableContact } from './changeable-contact.js';
import type { Contact } from './contact.js';
import { entityOfChosenClient, requireClientAffiliation, withClient } from './contact-client.js';
import { toldChanges } from './contact-history.js';
import type { ContactProfile } from './contact-profile.js';
import type { ContactRepository } from './contact-repository.js';
import { changeSsn, checkedSsn } from './contact-ssn.js';
import { reaffiliate } from './reaffiliate.js';
import { verdictOf } from './verdict.js';

export interface ChangeContactInput {
  readonly id: ContactId;
  readonly profile?: Partial<ContactProfile>;
  readonly ssn?: string | null;
  /** What is given replaces the contact's own. */
  readonly affiliations?: Partial<Affiliations>;
  /**
   * The affiliation with the entity of the client before goes, unless `affiliations` names it; that with the entity of
   * the new client comes. Null: nobody's contact.
   */
  readonly clientId?: ClientId | null;
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
   * @throws InvalidField, with the code `unknown_client` for a client that is not there for the actor
   * @throws UnknownIds naming the affiliations that are not there for the actor
   * @throws InvalidIds `client_affiliation_required`: a contact of a client stays affiliated with its entity
   * @throws DomainError `contact_not_found`, `contact_not_changeable`, `login_email_taken`, `external_user_id_taken`,
   *   `login_email_required`, `invalid_default_affiliation`
   */
  async execute(actor: Actor, input: ChangeContactInput): Promise<void> {
    const { id, profile = {}, affiliations = {} } = input;
    const ssn = input.ssn === undefined ? undefined : checkedSsn(input.ssn);
    await this.unitOfWork.run(async () => {
      // what it is affiliated with is locked before the contact
      const verdict = await verdictOf(() => this.clientEntityWithin(actor, affiliations, input.clientId));
      const contact = await changeableContact(this.contacts, actor, id);
      const joined = verdict();
      const now = this.clock.now();
      const before = { ...contact };
      const fields = contact.edit(profile, now);
      const details = toldChanges(fields, before, contact);
      const from = await this.contacts.affiliationsOf(actor.firmId, id);
      const to = await this.affiliationsAfter(contact, from, input, joined);
      if (before.clientId !== contact.clientId) details['clientId'] = { from: before.clientId, to: contact.clientId };
      Object.assign(details, await reaffiliate(this.contacts, contact, from, to, now));
      const { defaultAffiliation: preferred } = input;
      if (preferred !== undefined && contact.preferAffiliation(preferred, to, now))
        details['defaultAffiliation'] = preferred;
      if (ssn !== undefined && changeSsn(this.sealer, contact, ssn, now)) details['ssn'] = 'changed';
      if (Object.keys(details).length === 0) return;
      await this.contacts.requireUnique(contact);
      await this.history.record(actor, { action: 'contact.changed', subject: { type: 'contact', id }, details });
    });
  }

  /** The entity of the client, if one is given. @throws DomainError unless all that is given is there for the actor */
  private async clientEntityWithin(
    actor: Actor,
    affiliations: Partial<Affiliations>,
    clientId: ClientId | null = null,
  ): Promise<EntityId | null> {
    await requireReach(this.access, actor, affiliations);
    return entityOfChosenClient(this.contacts, this.access, actor, clientId);
  }

  /** Changes the client, if another one is given, and answers the affiliations that the contact has then. */
  private async affiliationsAfter(
    contact: Contact,
    from: Affiliations,
    { clientId, affiliations = {} }: ChangeContactInput,
    joined: EntityId | null,
  ): Promise<Affiliations> {
    const to = { ...from, ...affiliations };
    if (clientId === undefined) {
      if (affiliations.entityIds) await requireClientAffiliation(this.contacts, contact, to);
      return to;
    }
    const { firmId, clientId: before } = contact;
    const isReplaced = before !== null && before !== clientId && !affiliations.entityIds;
    const left = isReplaced ? await this.contacts.entityOfClient(firmId, before) : null;
    contact.joinClient(clientId, this.clock.now());
    return withClient(to, left, joined);
  }
}
