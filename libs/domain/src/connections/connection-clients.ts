import type { ClientId, FirmId, UserId } from '../kernel/index.js';

/** What connections need to know of a client. */
export interface ConnectionClient {
  readonly id: ClientId;
  readonly name: string;
  readonly dashboardEnabled: boolean;
  readonly deliveryManagerId: UserId | null;
}

/** The clients whose connections they are. */
export abstract class ConnectionClients {
  /** In the running unit of work, when there is one. */
  abstract find(firmId: FirmId, id: ClientId): Promise<ConnectionClient | null>;
}
