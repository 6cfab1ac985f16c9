import type { HistoryEntry } from '../history/index.js';
import type { Connection } from './connection.js';

/** An entry about a connection; never what opens it. */
export function connectionEntry(
  { id, clientId, platform }: Connection,
  action: string,
  details: Readonly<Record<string, unknown>>,
): HistoryEntry {
  return { action, subject: { type: 'connection', id }, clientId, details: { platform, ...details } };
}

export function connectionRemoved(connection: Connection): HistoryEntry {
  const { source, accountId } = connection;
  return connectionEntry(connection, 'connection.removed', { source, accountId });
}
