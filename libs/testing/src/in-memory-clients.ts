import {
  Client,
  clientErrors,
  ClientFolders,
  ClientRepository,
  type PolicyOfClients,
  type RenamedClient,
  rootFolderName,
} from '@portico/domain/directory';
import type { Author, ClientId, EntityId, FirmId, UserId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryClientRepository extends ClientRepository implements Reversible {
  readonly clients = new Map<ClientId, Client>();
  /** The users of each firm. */
  readonly users = new Map<UserId, FirmId>();
  /** The SLA policies of each firm. */
  readonly policies = new Map<PolicyOfClients, FirmId>();
  readonly renamed: RenamedClient[] = [];
  private count = 0;

  add(...clients: readonly Client[]): Promise<void> {
    for (const client of clients) {
      Object.assign(client, { id: String(++this.count), version: 1 });
      this.clients.set(client.id, client);
    }
    return this.write();
  }

  find(firmId: FirmId, id: ClientId): Promise<Client | null> {
    const client = this.clients.get(id);
    return Promise.resolve(client?.firmId === firmId ? client : null);
  }

  findAll(firmId: FirmId, ids: readonly ClientId[]): Promise<Client[]> {
    return Promise.resolve(this.of(firmId).filter(({ id }) => ids.includes(id)));
  }

  findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Client[]> {
    const found = this.of(firmId).filter(({ externalId }) => externalId !== null && externalIds.includes(externalId));
    return Promise.resolve(found);
  }

  write(): Promise<void> {
    const names = [...this.clients.values()].flatMap(({ firmId, externalId }) =>
      externalId === null ? [] : [`${firmId} ${externalId}`],
    );
    return new Set(names).size < names.length ? Promise.reject(clientErrors.externalIdTaken()) : Promise.resolve();
  }

  carryNames(_firmId: FirmId, renamed: readonly RenamedClient[]): Promise<void> {
    this.renamed.push(...renamed);
    return Promise.resolve();
  }

  lockGroups(): Promise<void> {
    return Promise.resolve();
  }

  childrenOf(firmId: FirmId, ids: readonly ClientId[]): Promise<Client[]> {
    return Promise.resolve(this.of(firmId).filter(({ parentId }) => parentId !== null && ids.includes(parentId)));
  }

  usersAmong(firmId: FirmId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    return Promise.resolve(new Set(ids.filter((id) => this.users.get(id) === firmId)));
  }

  policiesAmong(
    firmId: FirmId,
    { ids, externalIds }: { readonly ids: readonly string[]; readonly externalIds: readonly string[] },
  ): Promise<PolicyOfClients[]> {
    const named = ({ id, externalId }: PolicyOfClients) =>
      ids.includes(id) || (externalId !== null && externalIds.includes(externalId));
    return Promise.resolve([...this.policies].flatMap(([one, firm]) => (firm === firmId && named(one) ? [one] : [])));
  }

  snapshot(): () => void {
    const states = new Map([...this.clients].map(([id, client]) => [id, { client, state: { ...client } }]));
    return () => {
      this.clients.clear();
      for (const [id, { client, state }] of states) this.clients.set(id, Object.assign(client, state));
    };
  }

  private of(firmId: FirmId): Client[] {
    return [...this.clients.values()].filter((client) => client.firmId === firmId);
  }
}

/** Remembers for whom folders were made, and what they are called by now. */
export class InMemoryClientFolders extends ClientFolders {
  readonly made: ClientId[] = [];
  readonly names = new Map<ClientId, string>();

  addFor(_author: Author, clients: readonly Client[]): Promise<void> {
    this.made.push(...clients.map(({ id }) => id));
    for (const { id, name } of clients) this.names.set(id, rootFolderName(name));
    return Promise.resolve();
  }

  rename(_author: Author, renamed: readonly RenamedClient[]): Promise<void> {
    for (const { id, from, to } of renamed)
      if (this.names.get(id) === rootFolderName(from)) this.names.set(id, rootFolderName(to));
    return Promise.resolve();
  }
}

/** A client of firm 1 with the entity 1, not yet added anywhere, changed by `changes`. */
export function aClient(changes: Partial<ConstructorParameters<typeof Client>[0]> = {}): Client {
  return new Client({
    firmId: '1' as FirmId,
    name: 'Smith Holding',
    parentId: null,
    entityId: '1' as EntityId,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...changes,
  });
}
