import pg from 'pg';
import { attachEmbeddedDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import type { PorticoServer } from './portico-server.js';

/** Runs one statement on the embedded database of a server, beside it: for states that no route leads to. */
export async function sqlOn(
  server: PorticoServer,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const embedded = await attachEmbeddedDatabase({
    dataDir: server.dataDir,
    role: 'command',
    log: () => undefined,
  });
  const client = new pg.Client({ connectionString: embedded.url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
    await embedded.detach();
  }
}
