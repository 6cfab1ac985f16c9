import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { BlobKey, UserId } from '../kernel/index.js';
import { UploadFile, type UploadFileInput } from './index.js';

const useCase = ({ files, tree, associations, history, unitOfWork, clock }: FileBench) =>
  new UploadFile(files, tree, associations, history, unitOfWork, clock);

const input = async (bench: FileBench, changes: Partial<UploadFileInput> = {}) => ({
  originalName: 'Sample.txt',
  contentType: 'text/plain',
  blob: await bench.blob(),
  ...changes,
});

describe('UploadFile', () => {
  it('makes a file of the actor’s firm, at the top level, created now', async () => {
    const bench = new FileBench();
    const file = await useCase(bench).execute(anActor(), await input(bench, { name: 'Other.TXT' }));
    expect(bench.files.files.get(file.id)).toMatchObject({
      firmId: '1',
      name: 'Other.TXT',
      originalName: 'Sample.txt',
      parentId: null,
      createdBy: '11',
      createdAt: bench.clock.now(),
      modifiedAt: bench.clock.now(),
      deletedAt: null,
    });
    expect(bench.history.actions).toEqual([`file.uploaded ${file.id}`]);
  });

  it('takes the name of the part when none is given', async () => {
    const bench = new FileBench();
    expect((await useCase(bench).execute(anActor(), await input(bench))).name).toBe('Sample.txt');
  });

  it.each([
    ['another extension', { name: 'Other.pdf' }, 'extension_mismatch'],
    ['an empty name', { name: '' }, 'invalid_name'],
    ['a part with a path', { originalName: '../Sample.txt' }, 'invalid_name'],
  ])('refuses %s and keeps nothing', async (_case, changes, code) => {
    const bench = new FileBench();
    await expect(useCase(bench).execute(anActor(), await input(bench, changes))).rejects.toMatchObject({ code });
    expect([bench.files.files.size, bench.files.blobKeys.size, bench.history.entries.length]).toEqual([0, 0, 0]);
  });

  it('refuses bytes that are not there any more', async () => {
    const bench = new FileBench();
    const blob = { key: '00000000-0000-4000-8000-000000000404' as BlobKey, bytes: 1, sha256: '00' };
    const execution = useCase(bench).execute(anActor(), { ...(await input(bench)), blob });
    await expect(execution).rejects.toMatchObject({ code: 'blob_missing' });
    expect(bench.files.files.size).toBe(0);
  });
});

describe('UploadFile into a folder', () => {
  it('takes the folder by its id', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder();
    const file = await useCase(bench).execute(anActor(), await input(bench, { parentId: folder.id }));
    expect([file.parentId, bench.tree.held]).toEqual([folder.id, ['fill']]);
  });

  it('takes the folder by its path', async () => {
    const bench = new FileBench();
    const outer = await bench.withFolder({ name: 'Sample' });
    const inner = await bench.withFolder({ name: 'Größe', parentId: outer.id });
    for (const filePath of ['Sample/Größe/', 'Sample/Gro\u0308ße', '/Sample/Größe'.normalize('NFD')])
      expect((await useCase(bench).execute(anActor(), await input(bench, { filePath }))).parentId).toBe(inner.id);
    expect((await useCase(bench).execute(anActor(), await input(bench, { filePath: '/' }))).parentId).toBeNull();
  });

  it.each(['Sample/Other/', 'Other', 'Sample//Path', 'Twice/In/', `${'Sample/'.repeat(200)}`])(
    'refuses the path %s and keeps nothing',
    async (filePath) => {
      const bench = new FileBench();
      await bench.withFolder({ name: 'Sample' });
      const twice = [await bench.withFolder({ name: 'Twice' }), await bench.withFolder({ name: 'Twice' })];
      await bench.withFolder({ name: 'In', parentId: twice[0]?.id });
      const before = bench.files.files.size;
      const attempt = useCase(bench).execute(anActor(), await input(bench, { filePath }));
      await expect(attempt).rejects.toMatchObject({ kind: 'invalid' });
      expect([bench.files.files.size, bench.files.blobKeys.size]).toEqual([before, 0]);
    },
  );

  it('refuses a path together with a folder', async () => {
    const bench = new FileBench();
    const attempt = useCase(bench).execute(anActor(), await input(bench, { filePath: 'Sample/', parentId: null }));
    await expect(attempt).rejects.toMatchObject({ code: 'file_path_and_parent' });
  });

  it('passes over folders that the actor may not read', async () => {
    const bench = new FileBench();
    const me = '12' as UserId;
    const actor = anActor({ userId: me, allDataAccess: false, permissions: ['files_edit'] });
    await bench.withFolder({ name: 'Sample' });
    const own = await bench.withFolder({ name: 'Sample', createdBy: me });
    const file = await useCase(bench).execute(actor, await input(bench, { filePath: 'Sample/' }));
    expect(file.parentId).toBe(own.id);
  });

  it('links the file, or keeps nothing when one is unknown', async () => {
    const bench = new FileBench();
    const [entity, group] = [bench.associations.make('entities', '1'), bench.associations.make('groups', '2')];
    const associations = { entities: [entity], groups: [group] };
    const file = await useCase(bench).execute(anActor(), await input(bench, { associations }));
    expect(bench.associations.effective(file.id)).toHaveLength(2);
    const unknown = { associations: { groups: [group, '404' as typeof group] } };
    const attempt = useCase(bench).execute(anActor(), await input(bench, unknown));
    await expect(attempt).rejects.toMatchObject({ code: 'unknown_groups' });
    expect(bench.files.files.size).toBe(1);
  });
});
