import type { Pool, PoolClient } from 'pg';

/** The statements after which whoever runs a transaction gives its connection back only when they succeed. */
const GIVEN_BACK_AFTER = new Set<unknown>(['begin', 'rollback']);

type Query = (text: unknown, ...rest: unknown[]) => unknown;

/**
 * A connection that ended while it was lent, or on which a transaction could be neither begun nor taken back, gives
 * itself back to the pool, once, as one that is not to be used again. Kysely, which the ORM's transactions run on, never
 * does that: after some outages the pool would be empty.
 */
export function reclaimEndedConnections(pool: Pool): void {
  const watched = new WeakMap<PoolClient, () => void>();
  const known = new WeakSet<PoolClient>(); // the first connection is made before anybody can listen for it
  pool.on('acquire', (client) => {
    if (!known.has(client)) onFailedTransaction(client, () => watched.get(client)?.());
    known.add(client);
    const onEnd = () => {
      watched.delete(client);
      client.off('end', onEnd);
      const release = client.release.bind(client);
      client.release = () => undefined; // whoever still holds it may give it back later
      release(true);
    };
    watched.set(client, onEnd);
    client.once('end', onEnd);
  });
  pool.on('release', (_error, client) => {
    const onEnd = watched.get(client);
    if (onEnd) client.off('end', onEnd);
    watched.delete(client);
  });
}

/** Calls `give` when one of those statements fails on `client`, before whoever sent it is told. */
function onFailedTransaction(client: PoolClient, give: () => void): void {
  const query = client.query.bind(client) as Query;
  const watching: Query = (text, ...rest) => {
    const sent = query(text, ...rest);
    if (!GIVEN_BACK_AFTER.has(text) || !(sent instanceof Promise)) return sent;
    return sent.catch((error: unknown) => {
      give();
      throw error;
    });
  };
  client.query = watching as typeof client.query;
}
