import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { FileId, FirmId, UserId } from '../kernel/index.js';
import { ChangeFile } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId, permissions: ['files_edit'] });
const useCase = ({ files, tree, associations, history, unitOfWork, clock }: FileBench) =>
  new ChangeFile(files, tree, associations, history, unitOfWork, clock);
const me = '12' as UserId;

describe('ChangeFile, renaming', () => {
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
    const mine = bench.associations.make('entities', '1', me);
    const foreign = bench.associations.make('groups', '1');
    await bench.associations.add(anActor().firmId, id, 'entities', [mine]);
    await bench.associations.add(anActor().firmId, id, 'groups', [foreign]);
    await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden', code: 'file_not_changeable' });
    await bench.associations.remove(anActor().firmId, id, 'groups', [foreign]);
    await attempt();
    expect(bench.files.files.get(id)?.name).toBe('x.pdf');
  });
});

describe('ChangeFile, moving', () => {
  const firm = anActor().firmId;

  it('puts a file into a folder, and back to the top level', async () => {
    const bench = new FileBench();
    const [folder, file] = [await bench.withFolder(), await bench.with()];
    await useCase(bench).execute(anActor(), { id: file.id, parentId: folder.id });
    expect(file).toMatchObject({ parentId: folder.id, modifiedAt: bench.clock.now() });
    await useCase(bench).execute(anActor(), { id: file.id, parentId: null });
    expect(file.parentId).toBeNull();
    expect(bench.history.entries.map(({ details }) => details)).toEqual([
      { from: null, to: folder.id },
      { from: folder.id, to: null },
    ]);
  });

  it('holds the tree alone for a folder, and beside others for a file', async () => {
    const bench = new FileBench();
    const [target, folder, file] = [await bench.withFolder(), await bench.withFolder(), await bench.with()];
    await useCase(bench).execute(anActor(), { id: file.id, parentId: target.id });
    await useCase(bench).execute(anActor(), { id: folder.id, parentId: target.id });
    expect(bench.tree.held).toEqual(['fill', 'shape']);
  });

  it('changes nothing when it stands there already', async () => {
    const bench = new FileBench();
    const folder = await bench.withFolder();
    const file = await bench.with({ parentId: folder.id });
    await useCase(bench).execute(anActor(), { id: file.id, parentId: folder.id });
    expect([file.modifiedAt, bench.history.entries]).toEqual([file.createdAt, []]);
  });

  it('refuses to move a folder into itself or below itself', async () => {
    const bench = new FileBench();
    const outer = await bench.withFolder();
    const inner = await bench.withFolder({ parentId: outer.id });
    const innermost = await bench.withFolder({ parentId: inner.id });
    for (const parentId of [outer.id, inner.id, innermost.id])
      await expect(useCase(bench).execute(anActor(), { id: outer.id, parentId })).rejects.toMatchObject({
        kind: 'invalid',
        code: 'moved_into_itself',
      });
    expect(outer.parentId).toBeNull();
  });

  it('refuses what is no active folder that the actor may change', async () => {
    const bench = new FileBench();
    const file = await bench.with({ createdBy: me });
    const archived = await bench.withFolder();
    archived.archive(bench.clock.now());
    const unreadable = await bench.withFolder();
    const readable = await bench.withFolder();
    const [mine, foreign] = [bench.associations.make('entities', '1', me), bench.associations.make('entities', '2')];
    await bench.associations.add(firm, readable.id, 'entities', [mine, foreign]);
    const other = await bench.with({ createdBy: me });
    for (const [parentId, code] of [
      ['404' as FileId, 'folder_not_found'],
      [archived.id, 'folder_not_found'],
      [unreadable.id, 'folder_not_found'],
      [other.id, 'not_a_folder'],
      [readable.id, 'folder_not_changeable'],
    ] as const)
      await expect(useCase(bench).execute(restricted, { id: file.id, parentId })).rejects.toMatchObject({ code });
    expect(file.parentId).toBeNull();
  });

  it('needs the right to change everything below, all or nothing', async () => {
    const bench = new FileBench();
    const [target, folder] = [await bench.withFolder({ createdBy: me }), await bench.withFolder({ createdBy: me })];
    const inner = await bench.withFolder({ parentId: folder.id, createdBy: me });
    const foreign = await bench.with({ parentId: inner.id });
    const attempt = () => useCase(bench).execute(restricted, { id: folder.id, parentId: target.id });
    await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden', code: 'folder_content_not_changeable' });
    expect(folder.parentId).toBeNull();
    await bench.associations.add(firm, foreign.id, 'entities', [bench.associations.make('entities', '1', me)]);
    await attempt();
    expect(folder.parentId).toBe(target.id);
  });

  it('lets folders stand 128 levels deep and no deeper, whatever stands below the moved one', async () => {
    const bench = new FileBench();
    let parentId: FileId | null = null;
    for (let level = 0; level < 126; level++) parentId = (await bench.withFolder({ parentId })).id;
    const folder = await bench.withFolder();
    const child = await bench.withFolder({ parentId: folder.id });
    await useCase(bench).execute(anActor(), { id: folder.id, parentId });
    await useCase(bench).execute(anActor(), { id: folder.id, parentId: null });
    await bench.withFolder({ parentId: child.id });
    await expect(useCase(bench).execute(anActor(), { id: folder.id, parentId })).rejects.toMatchObject({
      code: 'folder_too_deep',
    });
  });
});

describe('ChangeFile, replacing associations', () => {
  it('does it together with the name and the folder, or not at all', async () => {
    const bench = new FileBench();
    const [folder, file] = [await bench.withFolder(), await bench.with()];
    const entity = bench.associations.make('entities', '1');
    const input = { id: file.id, name: 'Other.pdf', parentId: folder.id };
    const unknown = { ...input, associations: { entities: [entity, '404' as typeof entity] } };
    await expect(useCase(bench).execute(anActor(), unknown)).rejects.toMatchObject({ code: 'unknown_entities' });
    expect([file.name, file.parentId, bench.history.entries]).toEqual(['Sample.pdf', null, []]);
    await useCase(bench).execute(anActor(), { ...input, associations: { entities: [entity] } });
    expect(await bench.associations.own(anActor().firmId, file.id, 'entities')).toEqual([entity]);
    expect(bench.history.actions).toHaveLength(3);
  });
});
