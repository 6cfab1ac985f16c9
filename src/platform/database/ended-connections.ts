import type { Pool, PoolClient } from 'pg';

/**
 * A connection that the server ended while it was lent gives itself back to the pool, once. Kysely, which the ORM's
 * transactions run on, never gives back one of which BEGIN or COMMIT failed: after some outages the pool would be empty.
 */
export function reclaimEndedConnections(pool: Pool): void {
  const watched = new WeakMap<PoolClient, () => void>();
  pool.on('acquire', (client) => {
    const onEnd = () => {
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
  });
}
