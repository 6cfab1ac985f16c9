import type { Actor, ClientId, CountedList, EntityId, ListRequest } from '../kernel/index.js';
import type { ClientProfile } from './client-profile.js';

/** A client as lists and single reads show it. */
export interface ClientListItem extends ClientProfile {
  readonly id: ClientId;
  readonly entityId: EntityId;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly archivedAt: Date | null;
}

/** The fields by which clients are filtered and sorted; `archived` is not one of the order. */
export type ClientField =
  | ('id' | 'name' | 'externalId' | 'parentClientId' | 'entityId' | 'deliveryManagerId' | 'dashboardEnabled')
  | (
      | 'slaPolicyId'
      | 'timeZone'
      | 'currency'
      | 'status'
      | 'tier'
      | 'createdAt'
      | 'updatedAt'
      | 'archivedAt'
      | 'archived'
    );

/** Reads that decide nothing. What is not permitted to `actor` is not there. */
export abstract class ClientQueries {
  abstract find(actor: Actor, id: ClientId): Promise<ClientListItem | null>;

  /** Without a word of what is archived, what is not. */
  abstract list(actor: Actor, request: ListRequest<ClientField>): Promise<CountedList<ClientListItem>>;
}
