import { Client, ClientRepository } from '@portico/domain/directory';
import type { ClientId, EntityId, FirmId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryClientRepository extends ClientRepository implements Reversible {
  readonly clients = new Map<ClientId, Client>();
  private count = 0;

  add(client: Client): Promise<void> {
    Object.assign(client, { id: String(++this.count), version: 1 });
    this.clients.set(client.id, client);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: ClientId): Promise<Client | null> {
    const client = this.clients.get(id);
    return Promise.resolve(client?.firmId === firmId ? client : null);
  }

  snapshot(): () => void {
    const before = new Set(this.clients.keys());
    return () => [...this.clients.keys()].filter((id) => !before.has(id)).forEach((id) => this.clients.delete(id));
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
