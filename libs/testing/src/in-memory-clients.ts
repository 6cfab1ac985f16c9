import { Client, clientErrors, ClientFolders, ClientRepository, type RenamedClient } from '@portico/domain/directory';
import type { Author, ClientId, EntityId, FirmId, UserId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryClientRepository extends ClientRepository implements Reversible {
  readonly clients = new Map<ClientId, Client>();
  /** The users of each firm. */
  readonly users = new Map<UserId, FirmId>();
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

/** Remembers for whom folders were made. */
export class InMemoryClientFolders extends ClientFolders {
  readonly made: ClientId[] = [];

  addFor(_author: Author, clients: readonly Client[]): Promise<void> {
    this.made.push(...clients.map(({ id }) => id));
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
