import type { Pool, PoolClient } from 'pg';

/** For how many milliseconds a connection may be silent about a statement; 0: as long as it takes. */
export interface Patience {
  ms: number;
}

type Call = (...given: unknown[]) => unknown;

/**
 * Ends connections that are silent for longer than a statement may take: the database, or the way to it, is gone without
 * a word. TCP would notice after a quarter of an hour, and until then the pool would be full of them. Whoever waits is
 * told that the connection was terminated.
 */
export function endSilentConnections(pool: Pool, patience: Patience): void {
  const known = new WeakSet<PoolClient>(); // the first connection is made before anybody can listen for it
  pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    const query = client.query.bind(client) as Call;
    const limited: Call = (...given) =>
      patience.ms === 0 ? query(...given) : within(patience.ms, client, query, given);
    client.query = limited as typeof client.query;
  });
}

function within(ms: number, client: PoolClient, query: Call, given: unknown[]): unknown {
  const timer = setTimeout(() => {
    end(client).catch(() => undefined); // it is broken already
  }, ms);
  const answered = () => clearTimeout(timer);
  const callback = given.at(-1);
  if (typeof callback === 'function')
    return query(...given.slice(0, -1), (...result: unknown[]) => {
      answered();
      (callback as Call)(...result);
    });
  const sent = query(...given);
  if (sent instanceof Promise) sent.then(answered, answered);
  else answered();
  return sent;
}

/** A client of a pool is a client like others, though its type does not say so. */
function end(client: PoolClient): Promise<void> {
  return (client as PoolClient & { end(): Promise<void> }).end();
}
