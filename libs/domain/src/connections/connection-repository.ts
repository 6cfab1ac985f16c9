import type { ClientId, ConnectionId, FirmId } from '../kernel/index.js';
import type { Connection } from './connection.js';

/** The connections of a firm that have not ended, for what changes them; used inside a unit of work. */
export abstract class ConnectionRepository {
  /** @throws DomainError `platform_already_connected` */
  abstract add(connection: Connection): Promise<void>;

  /** The connection, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: ConnectionId): Promise<Connection | null>;

  /** All of a client, locked likewise. */
  abstract listOf(firmId: FirmId, clientId: ClientId): Promise<readonly Connection[]>;

  /** `most` of those, of all firms, that are sealed with a key before `version`; locked likewise. For the operator. */
  abstract sealedBefore(version: number, most: number): Promise<readonly Connection[]>;

  /** How many there are of those. For the operator alone. */
  abstract countSealedBefore(version: number): Promise<number>;
}
