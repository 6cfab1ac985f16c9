import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import { ArchiveFile } from '../archive/index.js';
import { ChangeFile, CreateFolder, type StoredFile, UploadFile } from '../files/index.js';
import type { FileId, FolderId } from '../kernel/index.js';

const actor = anActor();
let bench: FileBench;
let root: StoredFile;
let inner: StoredFile;
let file: StoredFile;
let elsewhere: StoredFile;
let foreign: StoredFile;

beforeEach(async () => {
  bench = new FileBench();
  root = await bench.withFolder({ name: 'Smith Holding' });
  inner = await bench.withFolder({ parentId: root.id });
  file = await bench.with({ parentId: inner.id });
  elsewhere = await bench.withFolder();
  foreign = await bench.with({ parentId: elsewhere.id });
});

const tools = () =>
  [bench.files, bench.tree, bench.associations, bench.history, bench.unitOfWork, bench.clock] as const;
const limits = (kind: 'files' | 'folders') => ({ within: root.id, kind });
const change = (id: FileId, input: object, kind: 'files' | 'folders' = 'files') =>
  new ChangeFile(...tools()).execute(actor, { id, limits: limits(kind), ...input });
const archive = (id: FileId, kind: 'files' | 'folders') => {
  const [files, tree, , history, unitOfWork, clock] = tools();
  return new ArchiveFile(files, tree, history, unitOfWork, clock).execute(actor, { id, limits: limits(kind) });
};
const upload = async (input: { caption?: string; originalName?: string; parentId?: FolderId }) =>
  new UploadFile(...tools()).execute(actor, {
    originalName: 'file.pdf',
    contentType: 'application/pdf',
    blob: await bench.blob(),
    parentId: root.id,
    within: root.id,
    ...input,
  });

describe('A change within a client', () => {
  it('reaches what stands below its root, of the right kind', async () => {
    await change(file.id, { caption: 'Scan' });
    await change(inner.id, { name: 'Renamed' }, 'folders');
    await archive(file.id, 'files');
    await archive(inner.id, 'folders');
    expect([file.name, inner.name, inner.deletedAt !== null]).toEqual(['Scan.pdf', 'Renamed', true]);
  });

  it('finds nothing else: not the root, nothing beyond it, nothing of another kind', async () => {
    const attempts = [
      () => change(foreign.id, { caption: 'x' }),
      () => change(inner.id, { caption: 'x' }),
      () => change(file.id, { name: 'x' }, 'folders'),
      () => change(root.id, { name: 'x' }, 'folders'),
      () => archive(foreign.id, 'files'),
      () => archive(root.id, 'folders'),
      () => archive(elsewhere.id, 'folders'),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'file_not_found' });
    expect(bench.history.entries).toEqual([]);
  });

  it('finds no other place to put something', async () => {
    const create = new CreateFolder(...tools());
    const folder = { name: 'x', associations: {}, within: root.id };
    const attempts = [
      () => change(file.id, { parentId: elsewhere.id }),
      () => upload({ parentId: elsewhere.id }),
      () => create.execute(actor, { ...folder, parentId: elsewhere.id }),
      () => create.execute(actor, { ...folder, parentId: file.id }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'folder_not_found' });
    await change(file.id, { parentId: root.id });
    expect(file.parentId).toBe(root.id);
  });
});

describe('A caption', () => {
  it.each([
    ['Service agreement', 'file.pdf', 'Service agreement.pdf', true],
    ['Service agreement.PDF', 'file.pdf', 'Service agreement.PDF', false],
    ['v1.2', 'file.pdf', 'v1.2.pdf', true],
    ['Notes', 'README', 'Notes', false],
  ])('%s of %s makes the name %s', async (caption, originalName, name, hidesExtension) => {
    expect(await upload({ caption, originalName })).toMatchObject({ name, hidesExtension, originalName });
  });

  it('keeps the extension when it changes, and a name changes it too', async () => {
    const stored = await upload({ caption: 'Service agreement' });
    await change(stored.id, { caption: 'Contract' });
    expect(stored).toMatchObject({ name: 'Contract.pdf', hidesExtension: true });
    await change(stored.id, { caption: 'Contract.pdf' });
    expect(stored).toMatchObject({ name: 'Contract.pdf', hidesExtension: false });
    await change(stored.id, { name: 'Other.pdf' });
    expect(stored).toMatchObject({ name: 'Other.pdf', hidesExtension: false });
    expect(bench.history.actions.slice(1)).toEqual([`file.renamed ${stored.id}`, `file.renamed ${stored.id}`]);
  });

  it.each(['', 'a/b', 'x'.repeat(252)])('%j is refused', async (caption) => {
    await expect(upload({ caption })).rejects.toMatchObject({ code: 'invalid_name' });
  });
});

describe('A priority', () => {
  it('is a place among the files of the folder, for which the tree is held alone', async () => {
    const [a, b] = [await upload({ originalName: 'a.txt' }), await upload({ originalName: 'b.txt' })];
    bench.tree.held.length = 0;
    await change(b.id, { priority: 1 });
    await change(file.id, { parentId: root.id, priority: 2 });
    expect(bench.files.inOrder(a).map(({ id }) => id)).toEqual([b.id, file.id, a.id]);
    expect(bench.tree.held).toEqual(['shape', 'shape']);
    expect(bench.history.actions.at(-1)).toBe(`file.reordered ${file.id}`);
  });
});
