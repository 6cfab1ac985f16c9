import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileQueries } from '@portico/domain/files';
import { canChange, canRead } from '@portico/domain/identity';
import type { Actor, FileId, FirmId, UserId } from '@portico/domain/kernel';
import { anActor } from '@portico/testing';
import { SqlFileQueries } from '../../src/files/sql-file-queries.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { unavailableOf } from '../../src/platform/database/database-errors.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { prepared } from '../../src/platform/database/prepared.js';
import { aFileRow, aFirm, aFolderRow, aGroup, anEntity, aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let queries: FileQueries;

beforeAll(async () => {
  test = await testDatabase();
  queries = new SqlFileQueries(test.database);
}, 60_000);
afterAll(() => test.dispose());

const idsOf = async (
  actor: Actor,
  limit = 100,
  after: string | null = null,
  created?: { after?: Date; before?: Date },
) => (await queries.list(actor, 'active', { limit, after }, { created })).items.map(({ id }) => id);

describe('FileQueries on PostgreSQL', () => {
  it('answers every field, with its type', async () => {
    const { database } = test;
    const { firmId, createdBy } = await firmsWithUsers(database);
    const createdAt = new Date('2026-01-02T03:04:05.678Z');
    const id = await aFileRow(database, { firmId, createdBy, createdAt });
    const [entity, other, group] = [
      await anEntity(database, firmId),
      await anEntity(database, firmId),
      await aGroup(database, firmId),
    ];
    await link(database, 'file_entities', { firm_id: firmId, file_id: id, entity_id: other });
    await link(database, 'file_entities', { firm_id: firmId, file_id: id, entity_id: entity });
    await link(database, 'file_groups', { firm_id: firmId, file_id: id, group_id: group });
    const actor = anActor({ firmId });
    const file = await queries.find(actor, 'active', id);
    expect(file).toEqual({
      id,
      isFolder: false,
      name: 'Sample.pdf',
      contentType: 'application/pdf',
      bytes: 5,
      sha256: '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9',
      parentId: null,
      createdAt,
      modifiedAt: createdAt,
      deletedAt: null,
      entityIds: [entity, other],
      groupIds: [group],
    });
    expect((await queries.list(actor, 'active', { limit: 10, after: null })).items).toEqual([file]);
    expect(await queries.findContent(actor, 'active', id)).toMatchObject({ name: 'Sample.pdf', bytes: 5 });
  });

  it('pages through everything in ascending order, once', async () => {
    const { firmId, createdBy } = await firmsWithUsers(test.database);
    const all: FileId[] = [];
    for (let count = 0; count < 5; count++) all.push(await aFileRow(test.database, { firmId, createdBy }));
    const actor = anActor({ firmId });
    const first = await queries.list(actor, 'active', { limit: 2, after: null });
    const second = await queries.list(actor, 'active', { limit: 2, after: first.next });
    const third = await queries.list(actor, 'active', { limit: 2, after: second.next });
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(all);
    expect([first.next, second.next, third.next]).toEqual([all[1], all[3], null]);
    expect(await idsOf(actor, 5)).toEqual(all);
    expect((await queries.list(actor, 'active', { limit: 5, after: null })).next).toBeNull();
  });

  it('keeps the active and the archived apart', async () => {
    const { firmId, createdBy } = await firmsWithUsers(test.database);
    const active = await aFileRow(test.database, { firmId, createdBy });
    const archived = await aFileRow(test.database, { firmId, createdBy, deletedAt: new Date() });
    const actor = anActor({ firmId });
    expect(await idsOf(actor)).toEqual([active]);
    const archive = await queries.list(actor, 'archived', { limit: 10, after: null });
    expect(archive.items.map(({ id }) => id)).toEqual([archived]);
    for (const id of [active, archived]) {
      const found = await Promise.all((['active', 'archived'] as const).map((state) => queries.find(actor, state, id)));
      expect(found.filter((file) => file !== null)).toHaveLength(1);
    }
  });

  it('compares creation by the whole seconds that are shown', async () => {
    const { firmId, createdBy } = await firmsWithUsers(test.database);
    const at = (time: string) => new Date(`2026-01-01T00:00:${time}Z`);
    const [early, late] = [
      await aFileRow(test.database, { firmId, createdBy, createdAt: at('10.900') }),
      await aFileRow(test.database, { firmId, createdBy, createdAt: at('20.100') }),
    ];
    const actor = anActor({ firmId });
    expect(await idsOf(actor, 10, null, { after: at('10') })).toEqual([late]);
    expect(await idsOf(actor, 10, null, { before: at('20') })).toEqual([early]);
    expect(await idsOf(actor, 10, null, { after: at('09'), before: at('21') })).toEqual([early, late]);
    expect(await queries.find(actor, 'active', early, { created: { after: at('10') } })).toBeNull();
  });

  it('finds what stands behind many files of an archived folder', async () => {
    const { database } = test;
    const { firmId, createdBy } = await firmsWithUsers(database);
    const [archived, folder] = [
      await aFolderRow(database, { firmId, createdBy }),
      await aFolderRow(database, { firmId, createdBy }),
    ];
    const first = await aFileRow(database, { firmId, createdBy });
    const copies = `insert into files (firm_id, name, original_name, content_type, blob_key, created_by, created_at,
        modified_at, parent_id)
      select firm_id, name, name, content_type, blob_key, created_by, created_at, modified_at, ?::bigint
      from files, generate_series(1, 5001) where id = ?`;
    const em = database.em.fork();
    await em.execute(copies, [archived, first]);
    await em.execute('update files set deleted_at = now(), archived_with = id where id = ?', [archived]);
    const behind = [
      await aFileRow(database, { firmId, createdBy, parentId: folder }),
      await aFileRow(database, { firmId, createdBy }),
    ];
    const actor = anActor({ firmId });
    const created = { after: new Date('2020-01-01') };
    expect(await idsOf(actor, 10)).toEqual([folder, first, ...behind]);
    expect(await idsOf(actor, 10, first, created)).toEqual(behind);
    expect(await idsOf(actor, 1, first)).toEqual(behind.slice(0, 1));
    expect(await idsOf(actor, 10, behind[1])).toEqual([]);
  });

  it('never shows another firm’s files', async () => {
    const { firmId, otherFirm, createdBy } = await firmsWithUsers(test.database);
    const id = await aFileRow(test.database, { firmId, createdBy });
    for (const actor of [
      anActor({ firmId: otherFirm }),
      anActor({ firmId: otherFirm, allDataAccess: false, userId: createdBy }),
    ]) {
      expect(await idsOf(actor)).toEqual([]);
      expect(await queries.find(actor, 'active', id)).toBeNull();
      expect(await queries.findContent(actor, 'active', id)).toBeNull();
    }
  });
});

describe('a read that takes too long', () => {
  it('is given up by the database, and says that it does not answer', async () => {
    const { database } = test;
    expect(await database.query(prepared('show statement_timeout'), [])).toEqual([{ statement_timeout: '15s' }]);
    const slow = database.em.fork().transactional(async (em) => {
      await em.execute('set local statement_timeout = 20');
      await em.execute('select pg_sleep(5)');
    });
    await expect(slow.catch((error: unknown) => unavailableOf(error))).resolves.toMatchObject({ kind: 'unavailable' });
  });
});

describe('the data access of a restricted user on PostgreSQL', () => {
  it('is the policy’s, in lists, single reads, contents and changes alike', async () => {
    const { database } = test;
    const firmId = await aFirm(database);
    const userId = await aUser(database, firmId);
    const files = await filesOfEveryKind(firmId, userId);
    const actor = anActor({ firmId, userId, allDataAccess: false, permissions: ['files_edit'] });
    const listed = new Set(await idsOf(actor));
    const tree = new MikroOrmFolderTree(database);
    for (const { kind, id, reads, changes } of files) {
      const found = (await queries.find(actor, 'active', id)) !== null;
      const content = (await queries.findContent(actor, 'active', id)) !== null;
      const place = await new MikroOrmUnitOfWork(database).run(() => tree.find(firmId, id, userId));
      if (!place) throw new Error(`no file ${id}`);
      expect({
        kind,
        listed: listed.has(id),
        found,
        content,
        reads: canRead(actor, place.reach),
        changes: canChange(actor, place.reach),
      }).toEqual({ kind, listed: reads, found: reads, content: reads, reads, changes });
    }
  });
});

/** One file for each way in which a file can stand to a user who is permitted one entity and one group. */
async function filesOfEveryKind(firmId: FirmId, userId: UserId) {
  const { database } = test;
  const [mine, member, foreign] = [
    await anEntity(database, firmId),
    await anEntity(database, firmId),
    await anEntity(database, firmId),
  ];
  const [myGroup, foreignGroup] = [await aGroup(database, firmId), await aGroup(database, firmId)];
  await link(database, 'user_entities', { firm_id: firmId, user_id: userId, entity_id: mine });
  await link(database, 'user_groups', { firm_id: firmId, user_id: userId, group_id: myGroup });
  await link(database, 'group_members', { firm_id: firmId, group_id: myGroup, entity_id: member });
  const somebody = await aUser(database, firmId);
  const kinds: [string, UserId, { entities?: string[]; groups?: string[] }, boolean, boolean][] = [
    ['own, without associations', userId, {}, true, true],
    ['somebody’s, without associations', somebody, {}, false, false],
    ['a permitted entity', somebody, { entities: [mine] }, true, true],
    ['a permitted group', somebody, { groups: [myGroup] }, true, true],
    ['a member of a permitted group', somebody, { entities: [member] }, true, true],
    ['an entity that is not permitted', userId, { entities: [foreign] }, false, false],
    ['a group that is not permitted', userId, { groups: [foreignGroup] }, false, false],
    ['one of two entities', somebody, { entities: [mine, foreign] }, true, false],
    ['a permitted entity, a group that is not', somebody, { entities: [mine], groups: [foreignGroup] }, true, false],
    ['everything permitted', somebody, { entities: [mine, member], groups: [myGroup] }, true, true],
  ];
  const files = [];
  for (const [kind, createdBy, { entities = [], groups = [] }, reads, changes] of kinds) {
    const id = await aFileRow(database, { firmId, createdBy });
    for (const entity of entities)
      await link(database, 'file_entities', { firm_id: firmId, file_id: id, entity_id: entity });
    for (const group of groups) await link(database, 'file_groups', { firm_id: firmId, file_id: id, group_id: group });
    files.push({ kind, id, reads, changes });
  }
  return files;
}
