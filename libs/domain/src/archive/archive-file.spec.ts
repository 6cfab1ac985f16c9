import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { ArchiveFile } from './index.js';

const useCase = (bench: FileBench) =>
  new ArchiveFile(bench.files, bench.tree, bench.history, bench.unitOfWork, bench.clock);

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
    const [mine, foreign] = ['1', '2'].map((entity) => bench.associations.make('entities', entity));
    bench.associations.make('entities', '1', '12' as UserId);
    await bench.associations.add(anActor().firmId, id, 'entities', [mine, foreign] as never[]);
    const actor = anActor({ allDataAccess: false, userId: '12' as UserId, permissions: ['files_edit'] });
    await expect(useCase(bench).execute(actor, { id })).rejects.toMatchObject({ code: 'file_not_changeable' });
    expect(bench.files.files.get(id)?.deletedAt).toBeNull();
  });
});

describe('ArchiveFile of a folder', () => {
  it('takes everything below along, with one instant, and leaves what was archived before as it is', async () => {
    const bench = new FileBench();
    const [folder, beside] = [await bench.withFolder(), await bench.with()];
    const inner = await bench.withFolder({ parentId: folder.id });
    const file = await bench.with({ parentId: inner.id });
    const before = await bench.withFolder({ parentId: folder.id });
    await useCase(bench).execute(anActor(), before);
    const earlier = bench.clock.now();
    bench.clock.advance(60);
    await useCase(bench).execute(anActor(), folder);
    const now = bench.clock.now();
    expect([folder, inner, before].map(({ deletedAt, archivedWith }) => [deletedAt, archivedWith])).toEqual([
      [now, folder.id],
      [now, folder.id],
      [earlier, before.id],
    ]);
    const places = await Promise.all(
      [folder, inner, file, before, beside].map(({ id }) => bench.tree.find(anActor().firmId, id, anActor().userId)),
    );
    expect(places.map((place) => place?.isArchived)).toEqual([true, true, true, true, false]);
    expect(bench.history.entries.at(-1)).toMatchObject({
      action: 'folder.archived',
      details: { folders: 1, files: 1 },
    });
    expect(bench.tree.held).toEqual(['shape', 'shape']);
  });

  it('needs the right to change everything in it that is active, all or nothing', async () => {
    const bench = new FileBench();
    const me = '12' as UserId;
    const actor = anActor({ allDataAccess: false, userId: me, permissions: ['files_edit'] });
    const folder = await bench.withFolder({ createdBy: me });
    const foreign = await bench.with({ parentId: folder.id });
    const attempt = () => useCase(bench).execute(actor, folder);
    await expect(attempt()).rejects.toMatchObject({ code: 'folder_content_not_changeable' });
    expect(folder.deletedAt).toBeNull();
    await useCase(bench).execute(anActor(), foreign);
    await attempt();
    expect(folder.deletedAt).toEqual(bench.clock.now());
  });
});
