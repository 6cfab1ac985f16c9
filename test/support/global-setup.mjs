import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BUILT = path.resolve(import.meta.dirname, '../../dist/src');

/** Before all suites: makes one migrated database, of which they take copies, because to make it takes seconds. */
export default async function makeTemplate() {
  if (!existsSync(BUILT)) return;
  const { attachEmbeddedDatabase } = await import('../../dist/src/platform/database/embedded/embedded-database.js');
  const { migrate, openDatabase } = await import('../../dist/src/platform/database/open-database.js');
  const { entities } = await import('../../dist/src/mikro-orm.config.js');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'portico-template-'));
  const embedded = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  const database = await openDatabase({ url: embedded.url, poolSize: 2, entities });
  await migrate(database);
  await database.close();
  await embedded.detach();
  process.env.PORTICO_TEST_TEMPLATE = dataDir;
}
