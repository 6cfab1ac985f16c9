import { type Contact, ContactImport, type ContactMove, type ImportedClient } from '@portico/domain/directory';
import type { Reach } from '@portico/domain/identity';
import type { ClientId, ContactId, EntityId, FirmId, UserId } from '@portico/domain/kernel';
import type { InMemoryContactRepository } from './in-memory-contacts.js';

/** Asks and changes the contacts of the repository beside it. */
export class InMemoryContactImport extends ContactImport {
  constructor(private readonly contacts: InMemoryContactRepository) {
    super();
  }

  findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Contact[]> {
    const isAsked = ({ externalUserId: id }: Contact) => id !== null && externalIds.includes(id);
    return Promise.resolve(this.of(firmId).filter(isAsked));
  }

  clients(firmId: FirmId, ids: readonly ClientId[], externalIds: readonly string[]): Promise<ImportedClient[]> {
    const own = [...this.contacts.clients].filter(([, client]) => client.firmId === firmId);
    const found = own.map(([id, { entityId, externalId = null }]) => ({ id, entityId, externalId }));
    return Promise.resolve(found.filter((one) => ids.includes(one.id) || externalIds.includes(one.externalId ?? '')));
  }

  async entitiesOf(firmId: FirmId, ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, EntityId>> {
    return new Map((await this.clients(firmId, ids, [])).map(({ id, entityId }) => [id, entityId]));
  }

  ownersOf(firmId: FirmId, loginEmails: readonly string[]): Promise<ReadonlyMap<string, ContactId>> {
    const owners = this.of(firmId).map(({ loginEmail, id }) => [loginEmail ?? '', id] as const);
    return Promise.resolve(new Map(owners.filter(([email]) => loginEmails.includes(email))));
  }

  async reachesOf(firmId: FirmId, ids: readonly ContactId[], userId: UserId): Promise<ReadonlyMap<ContactId, Reach>> {
    const asked = this.of(firmId).filter(({ id }) => ids.includes(id));
    const reaches = asked.map(async (one) => [one.id, await this.contacts.reachOf(firmId, one, userId)] as const);
    return new Map(await Promise.all(reaches));
  }

  async move(firmId: FirmId, moves: readonly (ContactMove & { readonly id: ContactId })[]): Promise<void> {
    const one = (id: EntityId | null) => ({ entityIds: id === null ? [] : [id], groupIds: [] });
    for (const { id, left, joined } of moves) {
      if (left !== joined) await this.contacts.separate(firmId, id, one(left));
      await this.contacts.affiliate(firmId, id, one(joined));
    }
  }

  private of(firmId: FirmId): Contact[] {
    return [...this.contacts.contacts.values()].filter((contact) => contact.firmId === firmId);
  }
}
