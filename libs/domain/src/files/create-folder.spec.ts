import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { FileId, UserId } from '../kernel/index.js';
import { CreateFolder } from './index.js';

const useCase = ({ files, tree, associations, history, unitOfWork, clock }: FileBench) =>
  new CreateFolder(files, tree, associations, history, unitOfWork, clock);
const plain = { name: 'Reports', parentId: null, associations: {} };

describe('CreateFolder', () => {
  it('makes a folder in a folder, with its associations', async () => {
    const bench = new FileBench();
    const { id: parentId } = await bench.withFolder();
    const entity = bench.associations.make('entities', '1');
    const id = await useCase(bench).execute(anActor(), { ...plain, parentId, associations: { entities: [entity] } });
    expect(bench.files.files.get(id)).toMatchObject({
      isFolder: true,
      name: 'Reports',
      contentType: 'folder',
      blobKey: null,
      parentId,
      createdBy: '11',
      createdAt: bench.clock.now(),
      deletedAt: null,
    });
    expect(bench.associations.effective(id)).toMatchObject([{ kind: 'entities', id: entity }]);
    expect([bench.history.actions, bench.tree.held]).toEqual([[`folder.created ${id}`], ['fill']]);
  });

  it.each(['', 'a/b', '..', 'x'.repeat(256)])('refuses the name "%s"', async (name) => {
    const bench = new FileBench();
    const attempt = useCase(bench).execute(anActor(), { ...plain, name });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_name' });
  });

  it('refuses a place that is none for the actor, and keeps nothing', async () => {
    const bench = new FileBench();
    const [foreign, file] = [await bench.withFolder(), await bench.with({ createdBy: '12' as UserId })];
    const actor = anActor({ userId: '12' as UserId, allDataAccess: false, permissions: ['files_edit'] });
    for (const [parentId, code] of [
      ['404' as FileId, 'folder_not_found'],
      [foreign.id, 'folder_not_found'],
      [file.id, 'not_a_folder'],
    ] as const)
      await expect(useCase(bench).execute(actor, { ...plain, parentId })).rejects.toMatchObject({ code });
    expect(bench.files.files.size).toBe(2);
  });

  it('refuses an unknown group and keeps nothing', async () => {
    const bench = new FileBench();
    const associations = { groups: ['404' as never] };
    const attempt = useCase(bench).execute(anActor(), { ...plain, associations });
    await expect(attempt).rejects.toMatchObject({ code: 'unknown_groups' });
    expect(bench.files.files.size).toBe(0);
  });

  it('refuses the 129th level', async () => {
    const bench = new FileBench();
    let parentId: FileId | null = null;
    for (let level = 0; level < 128; level++)
      parentId = await useCase(bench).execute(anActor(), { ...plain, parentId });
    await expect(useCase(bench).execute(anActor(), { ...plain, parentId })).rejects.toMatchObject({
      code: 'folder_too_deep',
    });
  });
});
