import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { ArchiveFile } from './index.js';

const useCase = (bench: FileBench) => new ArchiveFile(bench.files, bench.history, bench.unitOfWork, bench.clock);

describe('ArchiveFile', () => {
  it('changes nothing but the state', async () => {
    const bench = new FileBench();
    const before = { ...(await bench.with()) };
    await useCase(bench).execute(anActor(), { id: before.id });
    expect({ ...bench.files.files.get(before.id) }).toEqual({ ...before, deletedAt: bench.clock.now() });
    expect(bench.history.actions).toEqual([`file.archived ${before.id}`]);
  });

  it('does not find what is archived already', async () => {
    const bench = new FileBench();
    const { id } = await bench.with({ deletedAt: new Date() });
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({ code: 'file_not_found' });
  });

  it('is forbidden to who may only read the file', async () => {
    const bench = new FileBench();
    const { id } = await bench.with();
    bench.files.associations.push({ fileId: id, permittedTo: ['12' as UserId] }, { fileId: id, permittedTo: [] });
    const actor = anActor({ allDataAccess: false, userId: '12' as UserId, permissions: ['files_edit'] });
    await expect(useCase(bench).execute(actor, { id })).rejects.toMatchObject({ code: 'file_not_changeable' });
    expect(bench.files.files.get(id)?.deletedAt).toBeNull();
  });
});
