import type { HistoryEntry } from '../history/index.js';
import type { ChangedFields } from './changed-fields.js';
import type { Client } from './client.js';

/** What the history keeps of a new client. */
export function clientCreated(client: Client): HistoryEntry {
  const { id, name, externalId, parentId, entityId, deliveryManagerId, slaPolicyId, status, tier } = client;
  const details = { name, externalId, parentId, entityId, deliveryManagerId, slaPolicyId, status, tier };
  return { action: 'client.created', subject: { type: 'client', id }, details };
}

/** What it keeps of a change. */
export function clientChanged({ id }: Client, details: ChangedFields): HistoryEntry {
  return { action: 'client.changed', subject: { type: 'client', id }, details };
}
