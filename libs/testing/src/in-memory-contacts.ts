import {
  type Affiliations,
  type Contact,
  contactErrors,
  ContactRepository,
  isNone,
  lacking,
  together,
} from '@portico/domain/directory';
import type { Reach } from '@portico/domain/identity';
import type { ClientId, ContactId, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { InMemoryDataAccess } from './in-memory-data-access.js';
import type { Reversible } from './in-memory-unit-of-work.js';

const NONE: Affiliations = { entityIds: [], groupIds: [] };
const ascending = (one: string, other: string): number => Number(one) - Number(other);

export class InMemoryContactRepository extends ContactRepository implements Reversible {
  readonly contacts = new Map<ContactId, Contact>();
  /** The clients of each firm, with their entities. */
  readonly clients = new Map<
    ClientId,
    { readonly firmId: FirmId; readonly entityId: EntityId; readonly externalId?: string | null }
  >();
  private readonly affiliations = new Map<ContactId, Affiliations>();
  private count = 0;

  constructor(private readonly access: InMemoryDataAccess) {
    super();
  }

  async add(contact: Contact): Promise<void> {
    await this.requireUnique(contact);
    this.count++;
    Object.assign(contact, { id: String(this.count), version: 1 });
    this.contacts.set(contact.id, contact);
  }

  async addAll(contacts: readonly Contact[]): Promise<void> {
    for (const contact of contacts) await this.add(contact);
    for (const contact of this.contacts.values()) await this.requireUnique(contact);
  }

  find(firmId: FirmId, id: ContactId): Promise<Contact | null> {
    const contact = this.contacts.get(id);
    return Promise.resolve(contact?.firmId === firmId ? contact : null);
  }

  async requireUnique(contact: Contact): Promise<void> {
    const { firmId, loginEmail, externalUserId } = contact;
    const others = [...this.contacts.values()].filter((other) => other.firmId === firmId && other !== contact);
    if (loginEmail !== null && others.some((other) => other.loginEmail === loginEmail))
      throw contactErrors.loginEmailTaken(loginEmail);
    if (externalUserId !== null && others.some((other) => other.externalUserId === externalUserId))
      throw contactErrors.externalUserIdTaken(externalUserId);
    const { entityIds, groupIds } = await this.affiliationsOf(firmId, contact.id);
    const { defaultEntityId: entity, defaultGroupId: group } = contact;
    if ((entity !== null && !entityIds.includes(entity)) || (group !== null && !groupIds.includes(group)))
      throw contactErrors.notAffiliated();
  }

  remove({ id }: Contact): Promise<void> {
    this.contacts.delete(id);
    this.affiliations.delete(id);
    return Promise.resolve();
  }

  async affiliationsOf(firmId: FirmId, id: ContactId): Promise<Affiliations> {
    return (await this.find(firmId, id)) ? (this.affiliations.get(id) ?? NONE) : NONE;
  }

  async affiliate(firmId: FirmId, id: ContactId, { entityIds, groupIds }: Affiliations): Promise<void> {
    if (isNone({ entityIds, groupIds })) return;
    const before = await this.affiliationsOf(firmId, id);
    this.affiliations.set(id, {
      entityIds: [...together<EntityId>(before.entityIds, entityIds)].sort(ascending),
      groupIds: [...together<GroupId>(before.groupIds, groupIds)].sort(ascending),
    });
  }

  async separate(firmId: FirmId, id: ContactId, { entityIds, groupIds }: Affiliations): Promise<void> {
    const before = await this.affiliationsOf(firmId, id);
    if (isNone(before)) return;
    this.affiliations.set(id, {
      entityIds: lacking(before.entityIds, entityIds),
      groupIds: lacking(before.groupIds, groupIds),
    });
  }

  entityOfClient(firmId: FirmId, id: ClientId): Promise<EntityId | null> {
    const client = this.clients.get(id);
    return Promise.resolve(client?.firmId === firmId ? client.entityId : null);
  }

  async reachOf(firmId: FirmId, { id, createdBy }: Contact, userId: UserId): Promise<Reach> {
    const { entityIds, groupIds } = await this.affiliationsOf(firmId, id);
    const permitted = [
      ...entityIds.filter((one) => this.access.isPermitted(firmId, 'entities', one, userId)),
      ...groupIds.filter((one) => this.access.isPermitted(firmId, 'groups', one, userId)),
    ];
    return { createdBy, associations: entityIds.length + groupIds.length, permitted: permitted.length };
  }

  snapshot(): () => void {
    const states = [...this.contacts].map(([id, contact]) => ({ id, contact, state: { ...contact } }));
    const affiliations = new Map(this.affiliations);
    return () => {
      this.contacts.clear();
      for (const { id, contact, state } of states) this.contacts.set(id, Object.assign(contact, state));
      this.affiliations.clear();
      for (const [id, value] of affiliations) this.affiliations.set(id, value);
    };
  }
}
