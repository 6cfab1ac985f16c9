import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entities } from '../../src/mikro-orm.config.js';
import type { Database } from '../../src/platform/database/database.js';
import { attachEmbeddedDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import { migrate, openDatabase } from '../../src/platform/database/open-database.js';
import { placeTemplate } from './cluster-template.js';

/** A migrated database on a PostgreSQL of its own. */
export interface TestDatabase {
  readonly database: Database;
  /** Closes it, stops its PostgreSQL and removes its files. */
  dispose(): Promise<void>;
}

export async function testDatabase(poolSize = 10): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'portico-ports-'));
  placeTemplate(dataDir);
  const embedded = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  const database = await openDatabase({ url: embedded.url, poolSize, entities });
  await migrate(database);
  return {
    database,
    async dispose() {
      await database.close();
      await embedded.detach();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
