import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntityId, FileId, FirmId } from '@portico/domain/kernel';
import { anActor } from '@portico/testing';
import { SqlFileQueries } from '../../src/files/sql-file-queries.js';
import { aFileRow, aFolderRow, anEntity, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe('a file that is moved while it is linked', () => {
  const steps = {
    move: { sql: 'update files set parent_id = ? where id = ?', values: (it: Moved) => [it.folder, it.file] },
    link: {
      sql: 'insert into file_entities (firm_id, file_id, entity_id) values (?, ?, ?)',
      values: (it: Moved) => [it.firmId, it.file, it.entity],
    },
  };
  type Moved = { firmId: FirmId; folder: FileId; file: FileId; entity: string };

  it.each([
    ['move', 'link'],
    ['link', 'move'],
  ] as const)('is found in its folder when the %s comes first', async (early, late) => {
    const { database } = test;
    const { firmId, createdBy } = await firmsWithUsers(database);
    const moved: Moved = {
      firmId,
      folder: await aFolderRow(database, { firmId, createdBy }),
      file: await aFileRow(database, { firmId, createdBy }),
      entity: await anEntity(database, firmId),
    };
    const run = (step: keyof typeof steps) => (em: EntityManager) =>
      em.execute(steps[step].sql, steps[step].values(moved));
    let second: Promise<unknown> = Promise.resolve();
    await database.em.fork().transactional(async (em) => {
      await run(early)(em);
      second = database.em.fork().transactional(run(late));
      await somebodyWaits(database);
    });
    await second;
    const filter = { parentId: moved.folder, entityId: moved.entity as EntityId };
    const found = await new SqlFileQueries(database).list(
      anActor({ firmId }),
      'active',
      { limit: 10, after: null },
      filter,
    );
    expect(found.items.map(({ id }) => id)).toEqual([moved.file]);
  });
});
