import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { FileId, UserId } from '../kernel/index.js';
import { ArchiveFile, RestoreFile } from './index.js';

const useCase = (bench: FileBench) =>
  new RestoreFile(bench.files, bench.tree, bench.history, bench.unitOfWork, bench.clock);
const archive = (bench: FileBench, { id }: { id: FileId }) =>
  new ArchiveFile(bench.files, bench.tree, bench.history, bench.unitOfWork, bench.clock).execute(anActor(), { id });
const restricted = anActor({ userId: '12' as UserId, allDataAccess: false, permissions: ['files_edit'] });
const isArchived = async (bench: FileBench, { id }: { id: FileId }) =>
  (await bench.tree.find(anActor().firmId, id, anActor().userId))?.isArchived;

describe('RestoreFile', () => {
  it('is the exact inverse of archiving', async () => {
    const bench = new FileBench();
    const before = { ...(await bench.with()) };
    await archive(bench, before);
    bench.clock.advance(60);
    await useCase(bench).execute(anActor(), { id: before.id });
    expect({ ...bench.files.files.get(before.id) }).toEqual(before);
    expect(bench.history.actions).toEqual([`file.archived ${before.id}`, `file.restored ${before.id}`]);
  });

  it('does not find what is active', async () => {
    const bench = new FileBench();
    const { id } = await bench.with();
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({
      kind: 'not_found',
      code: 'archived_file_not_found',
    });
  });
});

describe('RestoreFile of a folder', () => {
  it('brings back exactly what went with it', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder();
    const inner = await bench.withFolder({ parentId: folder.id });
    const [file, alone] = [await bench.with({ parentId: inner.id }), await bench.with({ parentId: inner.id })];
    const before = await bench.withFolder({ parentId: folder.id });
    const inBefore = await bench.with({ parentId: before.id });
    await archive(bench, alone);
    await archive(bench, before);
    const states = [folder, inner, file, alone, before].map((one) => ({ ...one }));
    await archive(bench, folder);
    await useCase(bench).execute(anActor(), folder);
    expect([folder, inner, file, alone, before].map((one) => ({ ...one }))).toEqual(states);
    const archived = await Promise.all([folder, inner, file, alone, before, inBefore].map((o) => isArchived(bench, o)));
    expect(archived).toEqual([false, false, false, true, true, true]);
  });

  it('refuses what stands in an archived folder, and names that folder', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder({ name: 'Clients' });
    const inner = await bench.withFolder({ parentId: folder.id });
    const file = await bench.with({ parentId: folder.id });
    await archive(bench, folder);
    for (const { id } of [inner, file])
      await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'folder_archived',
        message: expect.stringContaining(`${folder.id} "Clients"`),
      });
  });

  it('does not name that folder to who may not read it', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder({ name: 'Secret' });
    const file = await bench.with({ parentId: folder.id, createdBy: restricted.userId });
    await archive(bench, folder);
    await expect(useCase(bench).execute(restricted, { id: file.id })).rejects.toMatchObject({
      code: 'folder_archived',
      message: expect.stringMatching(`^Folder ${folder.id} is archived`) as unknown,
    });
  });

  it('brings back to a folder that the actor may not read, but not when that folder is given', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder();
    const file = await bench.with({ parentId: folder.id, createdBy: restricted.userId });
    const before = { ...file };
    await archive(bench, file);
    const toItsFolder = { id: file.id, parentId: folder.id };
    await expect(useCase(bench).execute(restricted, toItsFolder)).rejects.toMatchObject({ code: 'folder_not_found' });
    await useCase(bench).execute(restricted, { id: file.id });
    expect({ ...file }).toEqual(before);
    await archive(bench, file);
    await useCase(bench).execute(anActor(), toItsFolder);
    expect({ ...file }).toEqual(before);
  });

  it('restores to another folder, with what went along', async () => {
    const bench = new FileBench();
    const [folder, other] = [await bench.withFolder(), await bench.withFolder()];
    const inner = await bench.withFolder({ parentId: folder.id });
    const innermost = await bench.withFolder({ parentId: inner.id });
    const file = await bench.with({ parentId: innermost.id });
    const beside = await bench.with({ parentId: folder.id });
    await archive(bench, folder);
    await useCase(bench).execute(anActor(), { id: inner.id, parentId: other.id });
    expect(inner.parentId).toBe(other.id);
    const archived = await Promise.all([inner, innermost, file, folder, beside].map((one) => isArchived(bench, one)));
    expect(archived).toEqual([false, false, false, true, true]);
    await useCase(bench).execute(anActor(), { id: beside.id, parentId: null });
    expect([beside.parentId, await isArchived(bench, beside)]).toEqual([null, false]);
  });

  it('refuses another folder that is archived too', async () => {
    const bench = new FileBench();
    const [folder, file] = [await bench.withFolder(), await bench.with()];
    await archive(bench, folder);
    await archive(bench, file);
    const attempt = useCase(bench).execute(anActor(), { id: file.id, parentId: folder.id });
    await expect(attempt).rejects.toMatchObject({ code: 'folder_not_found' });
    expect(file.deletedAt).not.toBeNull();
  });
});
