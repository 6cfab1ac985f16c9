import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { entities } from '../../src/mikro-orm.config.js';
import { attachEmbeddedDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { anEntity, firmsWithUsers } from '../support/rows.js';

let dataDir: string;
let database: Database;
let detach: () => Promise<void>;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'portico-ports-'));
  const embedded = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  detach = () => embedded.detach();
  database = await openDatabase({ url: embedded.url, poolSize: 2, entities });
}, 60_000);
afterAll(async () => {
  await database.close();
  await detach();
  await rm(dataDir, { recursive: true, force: true });
});

it('gives clients that were there before a root folder that belongs to their entity', async () => {
  const rows = (sql: string, values: unknown[] = []) =>
    database.em.fork().execute<Record<string, unknown>[]>(sql, values);
  await database.orm.migrator.up({ to: 'm0007-sessions' });
  const { firmId, createdBy } = await firmsWithUsers(database);
  for (const name of ['Smith / Sons', '..'])
    await rows(
      `insert into clients (firm_id, name, entity_id, created_at, modified_at) values (?, ?, ?, now(), now())`,
      [firmId, name, await anEntity(database, firmId)],
    );
  await database.orm.migrator.up();
  const found = await rows(
    `select f.name, f.is_folder, f.parent_id, f.created_by, l.entity_id = c.entity_id as is_linked, l.is_folder as is_of_folder,
       p.distance, h.action, h.details
     from clients c join files f on f.id = c.root_folder_id join file_entities l on l.file_id = f.id
       join folder_paths p on p.folder_id = f.id join history h on h.subject_id = f.id::text order by c.id`,
  );
  const root = {
    is_folder: true,
    parent_id: null,
    created_by: createdBy,
    is_linked: true,
    is_of_folder: true,
    distance: 0,
  };
  expect(found).toEqual([
    { ...root, name: 'Smith - Sons', action: 'folder.created', details: { name: 'Smith - Sons', clientId: '1' } },
    { ...root, name: '-', action: 'folder.created', details: { name: '-', clientId: '2' } },
  ]);
});
