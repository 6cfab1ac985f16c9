import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TreeFolder, type TreeFolderRepository } from '@portico/domain/client-files';
import type { FirmId, UnitOfWork } from '@portico/domain/kernel';
import { InMemoryTreeFolderRepository, InMemoryUnitOfWork } from '@portico/testing';
import { MikroOrmTreeFolderRepository } from '../../src/client-files/mikro-orm-tree-folder-repository.js';
import { SqlTreeFolderQueries } from '../../src/client-files/sql-tree-folder-queries.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  readonly folders: TreeFolderRepository;
  readonly unitOfWork: UnitOfWork;
}

let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
});

function inMemory(): Adapters {
  const folders = new InMemoryTreeFolderRepository();
  return { folders, unitOfWork: new InMemoryUnitOfWork([folders]) };
}

const onPostgreSql = (): Adapters => ({
  folders: new MikroOrmTreeFolderRepository(test.database),
  unitOfWork: new MikroOrmUnitOfWork(test.database),
});

const NOW = new Date('2026-01-02T03:04:05.678Z');
async function add({ folders, unitOfWork }: Adapters, name: string, parent: TreeFolder | null = null) {
  const folder = TreeFolder.in(parent, { firmId, name }, NOW);
  await unitOfWork.run(() => folders.add(folder));
  return folder;
}

describe.each([
  ['InMemoryTreeFolderRepository', inMemory],
  ['MikroOrmTreeFolderRepository', onPostgreSql],
])('the TreeFolderRepository %s', (_name, make) => {
  let it_: Adapters;
  beforeEach(() => {
    it_ = make();
  });
  const find = (id: TreeFolder['id'], firm = firmId) => it_.unitOfWork.run(() => it_.folders.find(firm, id));

  it('gives a folder its id and keeps every field, and what is changed', async () => {
    const top = await add(it_, 'Taxes');
    const inner = await add(it_, '2026', top);
    expect({ ...(await find(inner.id)) }).toEqual({ ...inner, parentId: top.id, level: 2, createdAt: NOW });
    const later = new Date('2026-02-03T04:05:06Z');
    await it_.unitOfWork.run(async () => (await it_.folders.find(firmId, inner.id))?.rename('2027', later));
    expect(await find(inner.id)).toMatchObject({ name: '2027', createdAt: NOW, modifiedAt: later });
  });

  it('never finds another firm’s folder', async () => {
    const { id } = await add(it_, 'Taxes');
    expect(await find(id, otherFirm)).toBeNull();
  });

  it('removes a folder with those below it, and no others', async () => {
    const [top, other] = [await add(it_, 'Taxes'), await add(it_, 'Legal')];
    const inner = await add(it_, '2026', top);
    await add(it_, 'January', inner);
    expect(await it_.unitOfWork.run(() => it_.folders.remove(top))).toBe(3);
    expect([await find(top.id), await find(inner.id), (await find(other.id))?.name]).toEqual([null, null, 'Legal']);
  });
});

describe('the TreeFolderQueries SqlTreeFolderQueries', () => {
  it('lists the tree, each folder before those in it, of one firm alone', async () => {
    const it_ = onPostgreSql();
    const [b, a] = [await add(it_, 'B'), await add(it_, 'A')];
    const [twin, inTwin] = [await add(it_, 'B'), await add(it_, 'Z', b)];
    const inner = await add(it_, 'Inner', a);
    const queries = new SqlTreeFolderQueries(test.database);
    const request = { limit: 10, offset: 0, sort: { field: 'path', order: 'asc' } } as const;
    const listed = await queries.list(firmId, request);
    expect(listed.items.map(({ id }) => id)).toEqual([a, inner, b, inTwin, twin].map(({ id }) => id));
    expect(listed.items[1]).toEqual({ id: inner.id, name: 'Inner', parentId: a.id, createdAt: NOW, modifiedAt: NOW });
    expect(await queries.list(firmId, { ...request, limit: 1, offset: 9 })).toEqual({ items: [], total: 5 });
    const names = await queries.list(firmId, { ...request, sort: { field: 'name', order: 'desc' }, limit: 2 });
    expect(names.items.map(({ name }) => name)).toEqual(['Z', 'Inner']);
    expect(await queries.list(otherFirm, request)).toEqual({ items: [], total: 0 });
    expect([await queries.find(firmId, a.id), await queries.find(otherFirm, a.id)]).toMatchObject([
      { name: 'A' },
      null,
    ]);
  });
});
