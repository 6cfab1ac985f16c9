import type { Actor, ClientId, ConnectionId, CountedList, FirmId, ListRequest } from '../kernel/index.js';
import type { Connection } from './connection.js';

type Shown =
  | ('id' | 'platform' | 'status' | 'source' | 'displayName' | 'accountId' | 'storeUrl' | 'scopes' | 'connectedAt')
  | ('lastSyncedAt' | 'lastSyncError' | 'tokenExpiresAt' | 'createdAt' | 'updatedAt');
/** A connection as it is shown; never what opens it. */
export type ConnectionListItem = Pick<Connection, Shown>;

/** A connection as the staff of the firm see it. */
export interface StaffConnectionListItem
  extends ConnectionListItem, Pick<Connection, 'clientId' | 'syncState' | 'syncDaysDone' | 'syncDaysTotal'> {
  readonly clientName: string;
}

/** By what the staff's list is filtered and sorted. */
export type ConnectionField =
  | ('id' | 'clientId' | 'platform' | 'status' | 'source' | 'displayName' | 'accountId' | 'syncState')
  | ('connectedAt' | 'lastSyncedAt' | 'createdAt' | 'updatedAt');

/** The connections of a client, and whether it has a dashboard for their figures. */
export interface ClientConnections {
  readonly dashboardEnabled: boolean;
  /** The first made first. */
  readonly connections: readonly ConnectionListItem[];
}

/** Reads about the connections that have not ended, each with one statement. */
export abstract class ConnectionQueries {
  abstract listOf(firmId: FirmId, clientId: ClientId): Promise<ClientConnections>;

  /** One of a client that has a dashboard. */
  abstract findOf(firmId: FirmId, clientId: ClientId, id: ConnectionId): Promise<ConnectionListItem | null>;

  /** Of the clients that are permitted to the actor. */
  abstract listForStaff(
    actor: Actor,
    request: ListRequest<ConnectionField>,
  ): Promise<CountedList<StaffConnectionListItem>>;

  abstract findForStaff(actor: Actor, id: ConnectionId): Promise<StaffConnectionListItem | null>;
}
