import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../platform/config/config.js';
import { attachEmbeddedDatabase } from '../../platform/database/embedded/embedded-database.js';
import { createLogger } from '../../platform/observability/logger.js';

const STANDARD_ERROR = 2;

/**
 * Hands the address of the installation's database to `work`, without migrating it. As `server` nobody else runs on its
 * `DATA_DIR` meanwhile; as `command` it may be beside a running server.
 * @throws Error when the database does not come up, or a server has the `DATA_DIR`
 */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: Config,
  role: 'server' | 'command',
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== null) return work(databaseUrl);
  const logger = createLogger('warn', STANDARD_ERROR);
  const embedded = await attachEmbeddedDatabase({ dataDir, role, log: (message) => logger.debug(message) });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.detach();
  }
}

/** Whether the installation has a database of its own that nobody has begun to use. */
export function hasNoDatabase({ databaseUrl, dataDir }: Config): boolean {
  return databaseUrl === null && !existsSync(path.join(dataDir, 'db', 'data', 'PG_VERSION'));
}
