import type { Actor, Author, ClientId, FirmId } from '../kernel/index.js';
import type { DataAccess } from '../identity/index.js';
import { type Client, unknownClient } from './client.js';
import type { ClientRepository } from './client-repository.js';
import { reachableClients } from './visible-client.js';

/**
 * The client that is to stand above another.
 * @throws InvalidField `unknown_client` naming `parentId` when it is not there for whoever asks, or is archived
 */
export async function chosenParent(
  clients: ClientRepository,
  access: DataAccess,
  author: Author | Actor,
  id: ClientId,
): Promise<Client> {
  const parent = await clients.find(author.firmId, id);
  const found = parent && parent.archivedAt === null ? [parent] : [];
  const [reached] = 'allDataAccess' in author ? await reachableClients(access, author, found) : found;
  if (!reached) throw unknownClient('parentId');
  return reached;
}

/** Whether the client has others below it. */
export async function hasChildren(clients: ClientRepository, firmId: FirmId, id: ClientId): Promise<boolean> {
  return (await clients.childrenOf(firmId, [id])).length > 0;
}
