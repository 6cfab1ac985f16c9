import type { Actor, ClientId } from '../kernel/index.js';
import { clientFileErrors } from './client-file.errors.js';
import type { ClientFileQueries, ClientRoot } from './client-file-queries.js';

/**
 * The client's root for what changes its files or folders.
 * @throws DomainError `client_not_found` (also when its entity is not permitted to the actor), `client_folder_archived`
 */
export async function activeRoot(queries: ClientFileQueries, actor: Actor, clientId: ClientId): Promise<ClientRoot> {
  const root = await queries.findRoot(actor, clientId);
  if (!root) throw clientFileErrors.clientNotFound(clientId);
  if (root.isArchived) throw clientFileErrors.rootArchived(root.folderId, root.name);
  return root;
}
