import { entities } from '../../src/mikro-orm.config.js';
import type { Database } from '../../src/platform/database/database.js';
import { migrate, openDatabase } from '../../src/platform/database/open-database.js';
import { copyDatabase } from './suites.js';

/** A migrated database of its own. */
export interface TestDatabase {
  readonly database: Database;
  /** Closes and removes it. */
  dispose(): Promise<void>;
}

export async function testDatabase(poolSize = 10): Promise<TestDatabase> {
  const copy = await copyDatabase();
  const database = await openDatabase({ url: copy.url, poolSize, entities });
  await migrate(database);
  return {
    database,
    async dispose() {
      await database.close();
      await copy.remove();
    },
  };
}
