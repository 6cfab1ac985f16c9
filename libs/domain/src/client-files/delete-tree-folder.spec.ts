import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, DefaultTreeBench } from '@portico/testing';
import type { FirmId, TreeFolderId } from '../kernel/index.js';

let bench: DefaultTreeBench;
beforeEach(() => {
  bench = new DefaultTreeBench();
});
const actor = anActor();
const add = (name: string, parentId: TreeFolderId | null = null) => bench.addFolder.execute(actor, { name, parentId });

describe('DeleteTreeFolder', () => {
  it('deletes what is below too, after the copies were let go', async () => {
    const id = await add('Taxes');
    await add('2026', id);
    await bench.deleteFolder.execute(actor, { id });
    expect([bench.folders.folders.size, bench.copies.changes.at(-1)]).toEqual([0, `release ${id}`]);
    expect(bench.history.entries.at(-1)).toMatchObject({
      action: 'tree_folder.deleted',
      details: { name: 'Taxes', folders: 2, copies: 2 },
    });
  });

  it('is for nobody without all data, and for nobody of another firm', async () => {
    const id = await add('Taxes');
    const change = (who: Parameters<typeof anActor>[0]) => bench.deleteFolder.execute(anActor(who), { id });
    await expect(change({ allDataAccess: false })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'all_data_needed',
    });
    const stranger = change({ firmId: '2' as FirmId });
    await expect(stranger).rejects.toMatchObject({ kind: 'not_found', code: 'tree_folder_not_found' });
    expect(bench.history.entries).toHaveLength(1);
  });
});
