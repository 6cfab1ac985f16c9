import type { DataAccess } from '../identity/index.js';
import type { Actor, ClientId } from '../kernel/index.js';
import type { Client } from './client.js';
import { clientErrors } from './client.errors.js';
import type { ClientRepository } from './client-repository.js';

/** Those of `clients` that are there for `actor`: whose entity is permitted to them. */
export async function reachableClients(
  access: DataAccess,
  actor: Actor,
  clients: readonly Client[],
): Promise<readonly Client[]> {
  if (actor.allDataAccess || clients.length === 0) return clients;
  const ids = clients.map(({ entityId }) => entityId);
  const beyond = new Set(await access.outOfReach(actor, 'entities', ids));
  return clients.filter(({ entityId }) => !beyond.has(entityId));
}

/** The client, locked, when it is there for `actor`. @throws DomainError `client_not_found` otherwise */
export async function visibleClient(
  clients: ClientRepository,
  access: DataAccess,
  actor: Actor,
  id: ClientId,
): Promise<Client> {
  const client = await clients.find(actor.firmId, id);
  const [found] = await reachableClients(access, actor, client ? [client] : []);
  if (!found) throw clientErrors.notFound(id);
  return found;
}
