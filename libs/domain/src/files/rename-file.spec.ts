import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { FileId, FirmId, UserId } from '../kernel/index.js';
import { RenameFile } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId, permissions: ['files_edit'] });
const useCase = (bench: FileBench) => new RenameFile(bench.files, bench.history, bench.unitOfWork, bench.clock);

describe('RenameFile', () => {
  it('changes the name and the time of modification', async () => {
    const bench = new FileBench();
    const { id } = await bench.with();
    await useCase(bench).execute(anActor(), { id, name: 'Other.PDF' });
    expect(bench.files.files.get(id)).toMatchObject({ name: 'Other.PDF', modifiedAt: bench.clock.now() });
    expect(bench.history.entries).toMatchObject([
      { action: 'file.renamed', details: { from: 'Sample.pdf', to: 'Other.PDF' } },
    ]);
  });

  it.each([undefined, 'Sample.pdf'])('leaves everything as it was when the name is %s', async (name) => {
    const bench = new FileBench();
    const { id, modifiedAt } = await bench.with();
    await useCase(bench).execute(anActor(), { id, name });
    expect(bench.files.files.get(id)?.modifiedAt).toEqual(modifiedAt);
    expect(bench.history.entries).toEqual([]);
  });

  it.each([
    ['Other.txt', 'extension_mismatch'],
    ['a/b.pdf', 'invalid_name'],
  ])('refuses %s', async (name, code) => {
    const bench = new FileBench();
    const { id } = await bench.with();
    await expect(useCase(bench).execute(anActor(), { id, name })).rejects.toMatchObject({ code });
    expect(bench.files.files.get(id)?.name).toBe('Sample.pdf');
  });

  it('does not find what is unknown, archived or another firm’s', async () => {
    const bench = new FileBench();
    const archived = await bench.with({ deletedAt: new Date() });
    const foreign = await bench.with({ firmId: '2' as FirmId });
    for (const id of [archived.id, foreign.id, '404' as FileId])
      await expect(useCase(bench).execute(anActor(), { id, name: 'x.pdf' })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'file_not_found',
      });
  });

  it('is not found for who may not read it, and forbidden for who may only read it', async () => {
    const bench = new FileBench();
    const { id } = await bench.with();
    const attempt = () => useCase(bench).execute(restricted, { id, name: 'x.pdf' });
    await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
    bench.files.associations.push({ fileId: id, permittedTo: ['12' as UserId] }, { fileId: id, permittedTo: [] });
    await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden', code: 'file_not_changeable' });
    bench.files.associations.pop();
    await attempt();
    expect(bench.files.files.get(id)?.name).toBe('x.pdf');
  });
});
