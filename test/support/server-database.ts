import pg from 'pg';
import { attachEmbeddedDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import type { Portico } from './portico.js';

/** Runs one statement on the database of a server, beside it: for states that no route leads to. */
export async function sqlOn(
  server: Portico,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const url = server.environment['DATABASE_URL'];
  if (url !== undefined) return queryOn(url, text, values);
  const { dataDir } = server;
  const embedded = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  try {
    return await queryOn(embedded.url, text, values);
  } finally {
    await embedded.detach();
  }
}

async function queryOn(url: string, text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
