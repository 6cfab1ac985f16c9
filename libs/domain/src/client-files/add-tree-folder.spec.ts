import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, DefaultTreeBench } from '@portico/testing';
import type { FirmId, TreeFolderId } from '../kernel/index.js';
import { MAX_TREE_LEVELS } from './tree-folder.js';

let bench: DefaultTreeBench;
beforeEach(() => {
  bench = new DefaultTreeBench();
});
const actor = anActor();
const add = (name: string, parentId: TreeFolderId | null = null) => bench.addFolder.execute(actor, { name, parentId });

describe('AddTreeFolder', () => {
  it('adds a folder with every client, holding both trees, and tells the history', async () => {
    const top = await add('Taxes');
    const inner = await add('2026', top);
    expect(bench.folders.folders.get(inner)).toMatchObject({ name: '2026', parentId: top, level: 2, firmId: '1' });
    expect(bench.copies.changes).toEqual([`add ${top} Taxes`, `add ${inner} 2026`]);
    expect([bench.folders.held, bench.tree.held]).toEqual([
      ['1', '1'],
      ['fill', 'fill'],
    ]);
    expect(bench.history.entries[1]).toMatchObject({
      action: 'tree_folder.created',
      subject: { type: 'tree_folder', id: inner },
      details: { name: '2026', parentId: top, clients: 2 },
    });
  });

  it.each([
    [{ name: '' }, 'invalid_name'],
    [{ name: 'a/b' }, 'invalid_name'],
    [{ parentId: '404' as TreeFolderId }, 'tree_folder_not_found'],
  ])('refuses %j, and keeps nothing', async (input, code) => {
    const refused = bench.addFolder.execute(actor, { name: 'Taxes', parentId: null, ...input });
    await expect(refused).rejects.toMatchObject({ code });
    expect([bench.folders.folders.size, bench.copies.changes, bench.history.entries]).toEqual([0, [], []]);
  });

  it('ends after so many levels', async () => {
    let parentId: TreeFolderId | null = null;
    for (let level = 1; level <= MAX_TREE_LEVELS; level++) parentId = await add('x', parentId);
    await expect(add('x', parentId)).rejects.toMatchObject({ code: 'tree_too_deep' });
  });

  it('is for nobody without all data, and for nobody of another firm', async () => {
    const id = await add('Taxes');
    const change = (who: Parameters<typeof anActor>[0]) =>
      bench.addFolder.execute(anActor(who), { name: 'x', parentId: id });
    await expect(change({ allDataAccess: false })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'all_data_needed',
    });
    const stranger = change({ firmId: '2' as FirmId });
    await expect(stranger).rejects.toMatchObject({ kind: 'not_found', code: 'tree_folder_not_found' });
    expect(bench.history.entries).toHaveLength(1);
  });
});
