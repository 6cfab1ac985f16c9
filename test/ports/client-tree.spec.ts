import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TreeFolderId } from '@portico/domain/kernel';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';
import { type ClientAdapters, clientAdapters, type RootedClient } from './client-adapters.js';

let test: TestDatabase;
let it_: ClientAdapters;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  it_ = await clientAdapters(test.database);
});

const addFolder = (name: string, parentId: TreeFolderId | null = null) =>
  it_.add.execute(it_.actor, { name, parentId });
const archive = (id: string) =>
  it_.unitOfWork.run(async () => {
    const now = new Date();
    await it_.rows('update files set deleted_at = now(), archived_with = id where id = ?', [id]);
    await it_.tree.archiveBelow(it_.firmId, id as never, now);
  });

describe('the folders of new clients', () => {
  it('are a root that belongs to the entity, and the default tree in it', async () => {
    const [top, other] = [await addFolder('Taxes'), await addFolder('Legal')];
    const inner = await addFolder('2026', top);
    const [smith, jones] = await it_.clients('Smith / Sons', 'Jones');
    if (!smith || !jones) throw new Error('no clients');
    expect(await it_.statesOf(smith)).toEqual([
      'Smith - Sons',
      `Smith - Sons/Legal = ${other}`,
      `Smith - Sons/Taxes = ${top}`,
      `Smith - Sons/Taxes/2026 = ${inner}`,
    ]);
    expect((await it_.statesOf(jones)).length).toBe(4);
    const links = await it_.rows('select entity_id, is_folder from file_entities where file_id = ?', [smith.rootId]);
    expect(links).toEqual([{ entity_id: smith.entityId, is_folder: true }]);
    const copy = await it_.copyOf(smith, inner);
    expect(await it_.historyOf('folder', copy)).toMatchObject([
      { action: 'folder.created', user_id: it_.actor.userId, details: { name: '2026', treeFolderId: inner } },
    ]);
    expect(await it_.historyOf('folder', smith.rootId)).toMatchObject([
      { action: 'folder.created', details: { name: 'Smith - Sons', clientId: smith.id } },
    ]);
  });

  it('wait for a change of the default tree, and have it', async () => {
    const held = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const changing = it_.unitOfWork.run(async () => {
      await it_.folders.hold(it_.firmId);
      held.resolve();
      await done.promise;
      return addFolder('Taxes');
    });
    await held.promise;
    const making = it_.client();
    await somebodyWaits(test.database);
    done.resolve();
    const tree = await changing;
    expect(await it_.statesOf(await making)).toEqual(['Smith Holding', `Smith Holding/Taxes = ${tree}`]);
  });

  it('are made by an operator too, in the name of whom the firm has', async () => {
    const client = await it_.client();
    const operator = { ...it_.actor, userId: null };
    await it_.rows('update clients set root_folder_id = null where id = ?', [client.id]);
    const named = { id: client.id, firmId: it_.firmId, name: '..', entityId: client.entityId };
    await it_.unitOfWork.run(() => it_.clientFolders.addFor(operator, [named as never]));
    const [made] = await it_.rows<{ name: string; created_by: string; user_id: null }>(
      `select f.name, f.created_by, h.user_id from clients c join files f on f.id = c.root_folder_id
       join history h on h.subject_id = f.id::text where c.id = ?`,
      [client.id],
    );
    expect(made).toEqual({ name: '-', created_by: it_.actor.userId, user_id: null });
  });
});

describe('the root folder of a client with another name', () => {
  const renamedBy = (at: Date, ...clients: readonly (readonly [RootedClient, string, string])[]) =>
    it_.unitOfWork.run(() =>
      it_.clientFolders.rename(
        it_.actor,
        clients.map(([{ id, entityId }, from, to]) => ({ id, entityId, from, to })),
        at,
      ),
    );

  it('goes with it, unless it is called otherwise or archived', async () => {
    const [goes, kept, gone, same] = await it_.clients('A/B', 'C', 'D', 'E/F');
    if (!goes || !kept || !gone || !same) throw new Error('no clients');
    await it_.renameByHand(kept.rootId, 'Own name');
    await archive(gone.rootId);
    const at = new Date('2026-05-06T07:08:09Z');
    await renamedBy(at, [goes, 'A/B', 'X\\Y'], [kept, 'C', 'X'], [gone, 'D', 'X'], [same, 'E/F', 'E-F']);
    for (const [client, name] of [
      [goes, 'X-Y'],
      [kept, 'Own name'],
      [gone, '[D]'],
      [same, 'E-F'],
    ] as const)
      expect(await it_.statesOf(client)).toEqual([name]);
    const [row] = await it_.rows('select modified_at = ? as is_later, version from files where id = ?', [
      at,
      goes.rootId,
    ]);
    expect(row).toEqual({ is_later: true, version: 2 });
    expect(await it_.historyOf('folder', goes.rootId)).toMatchObject([
      { action: 'folder.created' },
      {
        action: 'folder.renamed',
        user_id: it_.actor.userId,
        details: { from: 'A-B', to: 'X-Y', clientId: goes.id },
      },
    ]);
    for (const { rootId } of [kept, gone, same])
      expect((await it_.historyOf('folder', rootId)).map(({ action }) => action)).toEqual(['folder.created']);
  });

  it('keeps the name that somebody was just giving', async () => {
    const client = await it_.client();
    const changed = Promise.withResolvers<void>();
    // begun outside of the transaction, of which it would be part
    const renaming = changed.promise.then(() => renamedBy(new Date(), [client, 'Smith Holding', 'Smith & Sons']));
    await test.database.em.fork().transactional(async (own) => {
      await own.execute('update files set name = ? where id = ?', ['Papers', client.rootId]);
      changed.resolve();
      await somebodyWaits(test.database);
    });
    await renaming;
    expect(await it_.statesOf(client)).toEqual(['Papers']);
  });

  it('stays as it is with another firm', async () => {
    const client = await it_.client();
    const stranger = { ...it_.actor, firmId: it_.otherFirm };
    const renamed = [{ id: client.id, entityId: client.entityId, from: 'Smith Holding', to: 'X' }];
    await it_.unitOfWork.run(() => it_.clientFolders.rename(stranger, renamed, new Date()));
    expect(await it_.statesOf(client)).toEqual(['Smith Holding']);
  });
});

describe('a change of the default tree', () => {
  it('adds a folder with every client that has its parent', async () => {
    const [keeps, renames, removes, gone] = await it_.clients('A', 'B', 'C', 'D');
    if (!keeps || !renames || !removes || !gone) throw new Error('no clients');
    const top = await addFolder('Taxes');
    await it_.renameByHand(await it_.copyOf(renames, top), 'Steuern');
    await archive(await it_.copyOf(removes, top));
    await archive(gone.rootId);
    const inner = await addFolder('2026', top);
    expect(await it_.statesOf(keeps)).toEqual(['A', `A/Taxes = ${top}`, `A/Taxes/2026 = ${inner}`]);
    expect(await it_.statesOf(renames)).toEqual(['B', `B/Steuern = ${top}`, `B/Steuern/2026 = ${inner}`]);
    expect(await it_.statesOf(removes)).toEqual(['C', `[C/Taxes] = ${top}`]);
    const other = await addFolder('Legal');
    expect(await it_.statesOf(removes)).toEqual(['C', `C/Legal = ${other}`, `[C/Taxes] = ${top}`]);
    expect(await it_.statesOf(gone)).toEqual(['[D]', `[D/Taxes] = ${top}`]);
    expect(await it_.historyOf('tree_folder', inner)).toMatchObject([
      { action: 'tree_folder.created', details: { name: '2026', parentId: top, clients: 2 } },
    ]);
  });

  it('renames a folder where the client has left it as it was', async () => {
    const [keeps, renames, removes, back] = await it_.clients('A', 'B', 'C', 'D');
    if (!keeps || !renames || !removes || !back) throw new Error('no clients');
    const top = await addFolder('Taxes');
    await it_.renameByHand(await it_.copyOf(renames, top), 'Levies');
    await it_.renameByHand(await it_.copyOf(back, top), 'Other');
    await it_.renameByHand(await it_.copyOf(back, top), 'Taxes');
    await archive(await it_.copyOf(removes, top));
    const rename = (name: string) => it_.rename.execute(it_.actor, { id: top, name });
    await rename('Levies');
    await rename('Duties');
    expect(await it_.statesOf(keeps)).toEqual(['A', `A/Duties = ${top}`]);
    expect(await it_.statesOf(renames)).toEqual(['B', `B/Levies = ${top}`]);
    expect(await it_.statesOf(removes)).toEqual(['C', `[C/Taxes] = ${top}`]);
    expect(await it_.statesOf(back)).toEqual(['D', `D/Duties = ${top}`]);
    expect(await it_.historyOf('folder', await it_.copyOf(keeps, top))).toMatchObject([
      { action: 'folder.created' },
      { action: 'folder.renamed', details: { from: 'Taxes', to: 'Levies' } },
      { action: 'folder.renamed', details: { from: 'Levies', to: 'Duties' } },
    ]);
    await rename('Duties');
    expect((await it_.historyOf('tree_folder', top)).map(({ action }) => action)).toEqual([
      'tree_folder.created',
      'tree_folder.renamed',
      'tree_folder.renamed',
    ]);
  });

  it('leaves a client the name that they were just giving', async () => {
    const client = await it_.client();
    const top = await addFolder('Taxes');
    const copy = await it_.copyOf(client, top);
    const changed = Promise.withResolvers<void>();
    // begun outside of the transaction, of which it would be part
    const renaming = changed.promise.then(() => it_.rename.execute(it_.actor, { id: top, name: 'Duties' }));
    await test.database.em.fork().transactional(async (own) => {
      await own.execute('update files set name = ? where id = ?', ['Levies', copy]);
      changed.resolve();
      await somebodyWaits(test.database);
    });
    await renaming;
    expect(await it_.statesOf(client)).toEqual(['Smith Holding', `Smith Holding/Levies = ${top}`]);
  });

  it('leaves the clients their folders when one is deleted', async () => {
    const client = await it_.client();
    const top = await addFolder('Taxes');
    await addFolder('2026', top);
    await it_.remove.execute(it_.actor, { id: top });
    expect(await it_.statesOf(client)).toEqual(['Smith Holding', 'Smith Holding/Taxes', 'Smith Holding/Taxes/2026']);
    expect(await it_.historyOf('tree_folder', top)).toMatchObject([
      { action: 'tree_folder.created' },
      { action: 'tree_folder.deleted', details: { name: 'Taxes', folders: 2, copies: 2 } },
    ]);
    const again = it_.rename.execute(it_.actor, { id: top, name: 'x' });
    await expect(again).rejects.toMatchObject({ code: 'tree_folder_not_found' });
  });

  it('reaches copies that stand elsewhere below the root, and none that stand beyond it', async () => {
    const [inside, outside] = await it_.clients('A', 'B');
    if (!inside || !outside) throw new Error('no clients');
    const [top, other] = [await addFolder('Taxes'), await addFolder('Legal')];
    const move = (id: string, to: string | null) => it_.rows('update files set parent_id = ? where id = ?', [to, id]);
    await move(await it_.copyOf(inside, top), await it_.copyOf(inside, other));
    const away = await it_.copyOf(outside, top);
    await move(away, null);
    await it_.rename.execute(it_.actor, { id: top, name: 'Duties' });
    const inner = await addFolder('2026', top);
    expect(await it_.statesOf(inside)).toEqual([
      'A',
      `A/Legal = ${other}`,
      `A/Legal/Duties = ${top}`,
      `A/Legal/Duties/2026 = ${inner}`,
    ]);
    expect(await it_.rows('select name from files where id = ? or parent_id = ?', [away, away])).toEqual([
      { name: 'Taxes' },
    ]);
  });

  it('never reaches another firm, and nobody without all data changes it', async () => {
    const top = await addFolder('Taxes');
    const stranger = { ...it_.actor, firmId: it_.otherFirm };
    for (const attempt of [
      () => it_.rename.execute(stranger, { id: top, name: 'x' }),
      () => it_.remove.execute(stranger, { id: top }),
      () => it_.add.execute(stranger, { name: 'x', parentId: top }),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found', code: 'tree_folder_not_found' });
    const restricted = { ...it_.actor, allDataAccess: false };
    await expect(it_.add.execute(restricted, { name: 'x', parentId: null })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'all_data_needed',
    });
  });

  it('stands 32 levels deep at most', async () => {
    let parentId: TreeFolderId | null = null;
    for (let level = 1; level <= 32; level++) parentId = await addFolder(`level ${level}`, parentId);
    await expect(addFolder('too deep', parentId)).rejects.toMatchObject({ code: 'tree_too_deep' });
    expect((await it_.statesOf(await it_.client())).length).toBe(33);
  });
});
