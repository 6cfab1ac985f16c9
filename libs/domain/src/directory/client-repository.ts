import type { ClientId, FirmId } from '../kernel/index.js';
import type { Client } from './client.js';

/** The clients of a firm, for what changes them; used inside a unit of work. */
export abstract class ClientRepository {
  /** Adds `client` and gives it its id. */
  abstract add(client: Client): Promise<void>;

  /** The client, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: ClientId): Promise<Client | null>;
}
