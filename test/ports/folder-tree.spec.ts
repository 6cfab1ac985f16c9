import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FileId, FolderId } from '@portico/domain/kernel';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';
import { actorsOf, inMemory, onPostgreSql, type TreeAdapters } from './tree-adapters.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe.each([
  ['InMemoryFolderTree', inMemory],
  ['MikroOrmFolderTree', () => onPostgreSql(test.database)],
])('the FolderTree %s', (_name, make) => {
  let it_: TreeAdapters;
  beforeEach(async () => {
    it_ = await make();
  });
  const inUnit = <T>(work: () => Promise<T>) => it_.unitOfWork.run(work);
  const find = (id: FileId, userId = it_.owner) => inUnit(() => it_.tree.find(it_.firmId, id, userId));
  const move = (id: FileId, parentId: FolderId | null) =>
    inUnit(async () => (await it_.files.find(it_.firmId, id))?.moveTo(parentId, new Date()));

  it('tells how a file stands in the tree', async () => {
    const outer = await it_.folder({ name: 'Outer' });
    const inner = await it_.folder({ name: 'Inner', parentId: outer.id });
    const file = await it_.file({ parentId: inner.id });
    const state = { isArchived: false, reach: { createdBy: it_.owner, associations: 0, permitted: 0 } };
    expect(await find(outer.id)).toEqual({ id: outer.id, name: 'Outer', isFolder: true, depth: 0, ...state });
    expect(await find(inner.id)).toEqual({ id: inner.id, name: 'Inner', isFolder: true, depth: 1, ...state });
    expect(await find(file.id)).toEqual({ id: file.id, name: 'Sample.pdf', isFolder: false, depth: 2, ...state });
  });

  it('counts own and inherited associations, and those permitted to the user', async () => {
    const outer = await it_.folder();
    const inner = await it_.folder({ parentId: outer.id });
    const file = await it_.file({ parentId: inner.id });
    const [mine, foreign] = [await it_.make('entities', true), await it_.make('entities')];
    const [group, foreignGroup] = [await it_.make('groups', true), await it_.make('groups')];
    await inUnit(async () => {
      await it_.associations.add(it_.firmId, outer.id, 'entities', [mine]);
      await it_.associations.add(it_.firmId, inner.id, 'groups', [group, foreignGroup]);
      await it_.associations.add(it_.firmId, file.id, 'entities', [foreign]);
    });
    const reachOf = async (id: FileId) => (await find(id, it_.restricted))?.reach;
    expect(await reachOf(outer.id)).toMatchObject({ associations: 1, permitted: 1 });
    expect(await reachOf(inner.id)).toMatchObject({ associations: 3, permitted: 2 });
    expect(await reachOf(file.id)).toMatchObject({ associations: 4, permitted: 2 });
    await move(inner.id, null);
    expect(await reachOf(file.id)).toMatchObject({ associations: 3, permitted: 1 });
  });

  it('never finds what is another firm’s', async () => {
    const folder = await it_.folder();
    const file = await it_.file({ parentId: folder.id });
    for (const { id } of [folder, file])
      expect(await inUnit(() => it_.tree.find(it_.otherFirm, id, it_.owner))).toBeNull();
    const stranger = { ...actorsOf(it_).owner, firmId: it_.otherFirm };
    expect(await inUnit(() => it_.tree.listNamed(stranger, null, folder.name))).toEqual([]);
    expect(await inUnit(() => it_.tree.archiveBelow(it_.otherFirm, folder.id, new Date()))).toMatchObject({
      folders: 0,
    });
    expect(await find(file.id)).toMatchObject({ isArchived: false });
  });

  it('lists the active folders of a name that the user may read', async () => {
    const parent = await it_.folder();
    const named = async (createdBy = it_.owner) =>
      (await it_.folder({ name: 'Reports', parentId: parent.id, createdBy })).id;
    const [first, own] = [await named(), await named(it_.restricted)];
    const archived = await named();
    await inUnit(async () => (await it_.files.find(it_.firmId, archived))?.archive(new Date()));
    await it_.file({ name: 'Reports', parentId: parent.id });
    const list = (actor: 'owner' | 'restricted', parentId: FolderId | null) =>
      inUnit(() => it_.tree.listNamed(actorsOf(it_)[actor], parentId, 'Reports'));
    expect(await list('owner', parent.id)).toEqual([first, own]);
    expect(await list('restricted', parent.id)).toEqual([own]);
    expect(await list('owner', null)).toEqual([]);
  });

  it('knows what stands within what, and how deep', async () => {
    const [a, other] = [await it_.folder(), await it_.folder()];
    const b = await it_.folder({ parentId: a.id });
    const c = await it_.folder({ parentId: b.id });
    await it_.file({ parentId: c.id });
    const within = (folder: FolderId, ancestor: FolderId) =>
      inUnit(() => it_.tree.isWithin(it_.firmId, folder, ancestor));
    expect([await within(c.id, a.id), await within(a.id, a.id), await within(a.id, c.id)]).toEqual([true, true, false]);
    const heightOf = (id: FolderId) => inUnit(() => it_.tree.heightOf(it_.firmId, id));
    expect([await heightOf(a.id), await heightOf(b.id), await heightOf(c.id)]).toEqual([2, 1, 0]);
    await move(b.id, other.id);
    expect([await within(c.id, a.id), await within(c.id, other.id)]).toEqual([false, true]);
    expect([await heightOf(a.id), await heightOf(other.id)]).toEqual([0, 2]);
  });

  it('finds what a user may not change below a folder', async () => {
    const { restricted } = actorsOf(it_);
    const [mine, foreign] = [await it_.make('entities', true), await it_.make('entities')];
    const top = await it_.folder();
    const inner = await it_.folder({ parentId: top.id });
    const file = await it_.file({ parentId: inner.id });
    await inUnit(() => it_.associations.add(it_.firmId, top.id, 'entities', [mine]));
    const found = (archived = false) => inUnit(() => it_.tree.findUnchangeableBelow(restricted, top.id, { archived }));
    expect(await found()).toBeNull();
    await inUnit(() => it_.associations.add(it_.firmId, file.id, 'entities', [foreign]));
    expect(await found()).toBe(file.id);
    await inUnit(async () => (await it_.files.find(it_.firmId, file.id))?.archive(new Date()));
    expect([await found(), await found(true)]).toEqual([null, file.id]);
    await inUnit(() => it_.associations.remove(it_.firmId, file.id, 'entities', [foreign]));
    await inUnit(() => it_.associations.remove(it_.firmId, top.id, 'entities', [mine]));
    expect(await found()).toBe(inner.id);
  });

  it('archives a tree with one instant and restores what went along', async () => {
    const top = await it_.folder();
    const inner = await it_.folder({ parentId: top.id });
    const [file, alone] = [await it_.file({ parentId: inner.id }), await it_.file({ parentId: inner.id })];
    const before = await it_.folder({ parentId: inner.id });
    const earlier = new Date('2026-02-01T00:00:00Z');
    await inUnit(async () => {
      (await it_.files.find(it_.firmId, alone.id))?.archive(earlier);
      (await it_.files.find(it_.firmId, before.id))?.archive(earlier);
    });
    const now = new Date('2026-02-03T04:05:06.789Z');
    const contents = await inUnit(async () => {
      (await it_.files.find(it_.firmId, top.id))?.archive(now);
      return it_.tree.archiveBelow(it_.firmId, top.id, now);
    });
    expect(contents).toEqual({ folders: 1, files: 1 });
    const state = async ({ id }: { id: FileId }) => {
      const [row, place] = [await inUnit(() => it_.files.find(it_.firmId, id)), await find(id)];
      return [row?.deletedAt, row?.archivedWith, place?.isArchived];
    };
    expect(await state(inner)).toEqual([now, top.id, true]);
    expect(await state(file)).toEqual([null, null, true]);
    expect(await state(before)).toEqual([earlier, before.id, true]);
    const restored = await inUnit(async () => {
      (await it_.files.find(it_.firmId, top.id))?.restore();
      return it_.tree.restoreBelow(it_.firmId, top.id, top.id);
    });
    expect(restored).toEqual({ folders: 1, files: 1 });
    const active = [null, null, false];
    expect([await state(top), await state(inner), await state(file)]).toEqual([active, active, active]);
    expect([await state(alone), await state(before)]).toEqual([
      [earlier, null, true],
      [earlier, before.id, true],
    ]);
  });
});

describe('the tree on PostgreSQL', () => {
  it('lets many fill it at once, and one alone shape it', async () => {
    const { firmId, otherFirm, tree, unitOfWork } = await onPostgreSql(test.database);
    const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const filling = unitOfWork.run(async () => {
      await tree.hold(firmId, 'fill');
      held.resolve();
      await done.promise;
    });
    await held.promise;
    await unitOfWork.run(() => tree.hold(firmId, 'fill'));
    await unitOfWork.run(() => tree.hold(otherFirm, 'shape'));
    let isShaped = false;
    const shaping = unitOfWork.run(async () => {
      await tree.hold(firmId, 'shape');
      isShaped = true;
    });
    await somebodyWaits(test.database);
    expect(isShaped).toBe(false);
    done.resolve();
    await Promise.all([filling, shaping]);
    expect(isShaped).toBe(true);
  });

  it('refuses a circle, a place in a file and too many levels, whoever writes the row', async () => {
    const it_ = await onPostgreSql(test.database);
    const outer = await it_.folder();
    const inner = await it_.folder({ parentId: outer.id });
    const place = (id: FileId, parentId: FileId) =>
      test.database.em
        .fork()
        .execute('update files set parent_id = ? where firm_id = ? and id = ?', [parentId, it_.firmId, id]);
    await expect(place(outer.id, inner.id)).rejects.toThrow(/below itself/);
    await expect(place(outer.id, outer.id)).rejects.toThrow(/below itself/);
    await expect(place(outer.id, (await it_.file()).id)).rejects.toThrow(/only a folder/);
    let parentId = inner.id;
    for (let level = 2; level < 128; level++) parentId = (await it_.folder({ parentId })).id;
    await expect(it_.folder({ parentId })).rejects.toThrow(/folder_paths_depth/);
  });
});
