import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A TCP port of 127.0.0.1 that nobody listens on: `preferred` when it is free.
 *
 * Others come from below the range that systems give to outgoing connections: after a crash nobody's outgoing
 * connection can then sit on the port, and a client that tries to reconnect cannot be connected to itself.
 */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await listens(preferred))) return preferred;
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(20_000, 30_000);
    if (await listens(port)) return port;
  }
  throw new Error('No free TCP port between 20000 and 30000 on 127.0.0.1');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // whatever the error, PostgreSQL would meet it too
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
