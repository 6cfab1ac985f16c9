import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, DefaultTreeBench } from '@portico/testing';
import type { FirmId, TreeFolderId } from '../kernel/index.js';

let bench: DefaultTreeBench;
beforeEach(() => {
  bench = new DefaultTreeBench();
});
const actor = anActor();
const add = (name: string, parentId: TreeFolderId | null = null) => bench.addFolder.execute(actor, { name, parentId });

describe('RenameTreeFolder', () => {
  const rename = (id: TreeFolderId, name: string) => bench.renameFolder.execute(actor, { id, name });

  it('renames the folder and its copies, and does nothing when nothing changes', async () => {
    const id = await add('Taxes');
    await rename(id, 'Duties');
    await rename(id, 'Duties');
    expect(bench.folders.folders.get(id)?.name).toBe('Duties');
    expect(bench.copies.changes.slice(1)).toEqual([`rename ${id} Duties`]);
    expect(bench.history.entries.slice(1)).toMatchObject([
      { action: 'tree_folder.renamed', details: { from: 'Taxes', to: 'Duties', clients: 2 } },
    ]);
  });

  it('refuses a wrong name and an unknown folder', async () => {
    const id = await add('Taxes');
    await expect(rename(id, 'a\\b')).rejects.toMatchObject({ code: 'invalid_name' });
    await expect(rename('404' as TreeFolderId, 'x')).rejects.toMatchObject({ code: 'tree_folder_not_found' });
    expect(bench.folders.folders.get(id)?.name).toBe('Taxes');
  });

  it('is for nobody without all data, and for nobody of another firm', async () => {
    const id = await add('Taxes');
    const change = (who: Parameters<typeof anActor>[0]) => bench.renameFolder.execute(anActor(who), { id, name: 'x' });
    await expect(change({ allDataAccess: false })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'all_data_needed',
    });
    const stranger = change({ firmId: '2' as FirmId });
    await expect(stranger).rejects.toMatchObject({ kind: 'not_found', code: 'tree_folder_not_found' });
    expect(bench.history.entries).toHaveLength(1);
  });
});
