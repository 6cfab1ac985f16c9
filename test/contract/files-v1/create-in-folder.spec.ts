import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import { blobsIn } from '../../support/blobs.js';
import { filePart } from '../../support/multipart.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

const PARENT_FAULT = { source: { pointer: '/data/attributes/parent_folder_id' } };
const PATH_FAULT = { source: { pointer: '/data/attributes/file_path' } };

let server: PorticoServer;
let api: FilesApi;
/** "Sample/Folder/Path". */
let sample: FileResource;
let folder: FileResource;
let path: FileResource;
let archived: FileResource;

beforeAll(async () => {
  server = await PorticoServer.start();
  api = new FilesApi(server.url, server.headers);
  sample = await api.createFolder('Sample');
  folder = await api.createFolder('Folder', { parent: sample.id });
  path = await api.createFolder('Path', { parent: folder.id });
  archived = await api.createFolder('Path', { parent: folder.id });
  await api.archive(archived.id);
});
afterAll(() => server.dispose());

const parentOf = (file: FileResource): string => String(file.attributes.parent_folder_id);

describe('Create a file in a folder, using parent folder ID', () => {
  it('stores the file there, for an id as a number and as a string', async () => {
    for (const parent of [Number(path.id), path.id]) {
      const file = await api.createIn({ parent }, 'Sample.txt', 'its bytes');
      expect(file.attributes).toMatchObject({ is_folder: false, parent_folder_id: Number(path.id), bytes: 9 });
      expect(await api.read(file.id)).toEqual(file);
      expect((await api.download(`/files/${file.id}/download`)).body.toString()).toBe('its bytes');
    }
  });

  it('stores it at the top level for 0, as a number and as a string', async () => {
    for (const parent of [0, '0'])
      expect((await api.createIn({ parent }, 'Sample.txt')).attributes.parent_folder_id).toBe(0);
  });

  it('takes the parts in either order', async () => {
    const attributes = { name: 'Sample.txt', parent_folder_id: path.id };
    const metadata = { name: 'metadata', content: JSON.stringify({ data: { type: 'files', attributes } }) };
    for (const parts of [
      [metadata, filePart('Sample.txt')],
      [filePart('Sample.txt'), metadata],
    ]) {
      const answer = await api.send(parts);
      expectStatus(answer, 201);
      expect(parentOf(dataOf(answer))).toBe(path.id);
    }
  });

  it('lets several files of one name stand in one folder', async () => {
    const [one, other] = [
      await api.createIn({ parent: path.id }, 'same.txt'),
      await api.createIn({ parent: path.id }, 'same.txt'),
    ];
    expect(one.id).not.toBe(other.id);
  });

  it('refuses a folder that is unknown, archived or a file, and anything else with 400, and keeps no bytes', async () => {
    const file = await api.create('no folder.txt');
    const before = [await api.ids(), await blobsIn(server.dataDir)];
    for (const parent of ['999999999', archived.id, file.id, 'abc', '-1', 1.5, -1, '', '9'.repeat(19), '9'.repeat(30)])
      expectRefusal(await api.upload('x.txt', { parent }), 400, PARENT_FAULT);
    expect([await api.ids(), await blobsIn(server.dataDir)]).toEqual(before);
  });
});

describe('Create a file in a folder, using file path string', () => {
  it.each(['Sample/Folder/Path/', 'Sample/Folder/Path', '/Sample/Folder/Path/'])(
    'stores the file in the folder that %s leads to',
    async (given) => {
      const file = await api.createIn({ path: given }, 'Sample.txt');
      expect(parentOf(file)).toBe(path.id);
      expect(file.attributes).not.toHaveProperty('file_path');
    },
  );

  it('leads from the top one level for each name', async () => {
    expect(parentOf(await api.createIn({ path: 'Sample/' }, 'x.txt'))).toBe(sample.id);
    expect(parentOf(await api.createIn({ path: 'Sample/Folder/' }, 'x.txt'))).toBe(folder.id);
  });

  it('compares names in NFC', async () => {
    const parent = await api.createFolder('\u00dcbersicht');
    expect(parentOf(await api.createIn({ path: 'U\u0308bersicht/' }, 'x.txt'))).toBe(parent.id);
  });

  it.each([
    ['a folder that does not exist', 'Sample/Nowhere/'],
    ['a folder that stands elsewhere', 'Folder/'],
    ['a name in another case', 'sample/'],
    ['an empty name within it', 'Sample//Folder/'],
    ['dots', 'Sample/Folder/../Folder/'],
    ['a pattern', 'Sam%/'],
    ['a backslash', 'Sample\\Folder\\'],
    ['a null character', 'Sample\0/'],
  ])('refuses %s with 400', async (_says, given) => {
    expectRefusal(await api.upload('x.txt', { path: given }), 400, PATH_FAULT);
  });

  it.each([5, null, ['Sample'], {}, true])('refuses %j, which is not a string, with 400', async (file_path) => {
    const data = { type: 'files', attributes: { name: 'x.txt', file_path } };
    const answer = await api.send([filePart('x.txt'), { name: 'metadata', content: JSON.stringify({ data }) }]);
    expectRefusal(answer, 400, PATH_FAULT);
  });

  it('refuses a path through a file with 400', async () => {
    await api.create('file.txt');
    expectRefusal(await api.upload('x.txt', { path: 'file.txt/' }), 400, PATH_FAULT);
  });

  it('refuses a path of which a folder is not the only one of its name there with 400, at its end and on its way', async () => {
    const twins = [await api.createFolder('Twin'), await api.createFolder('Twin')];
    await api.createFolder('Below', { parent: twins[0]?.id });
    for (const given of ['Twin/', 'Twin/Below/'])
      expectRefusal(await api.upload('x.txt', { path: given }), 400, PATH_FAULT);
    await api.archive(twins[1]?.id ?? '');
    expect(parentOf(await api.createIn({ path: 'Twin/' }, 'x.txt'))).toBe(twins[0]?.id);
  });

  it('is not confused by a folder of the same name in another folder, nor by a file of that name', async () => {
    const one = await api.createFolder('One');
    const name = 'Common.txt';
    const common = await api.createFolder(name, { parent: one.id });
    await api.createFolder(name);
    await api.createIn({ parent: one.id }, name);
    expect(parentOf(await api.createIn({ path: `One/${name}/` }, 'x.txt'))).toBe(common.id);
  });

  it('follows a folder that was renamed or moved', async () => {
    const moved = await api.createFolder('Before');
    expectStatus(await api.change(moved.id, { name: 'After', parent_folder_id: sample.id }), 200);
    expectRefusal(await api.upload('x.txt', { path: 'Before/' }), 400, PATH_FAULT);
    expect(parentOf(await api.createIn({ path: 'Sample/After/' }, 'x.txt'))).toBe(moved.id);
  });

  it('refuses it together with parent_folder_id, even when both lead to the same folder', async () => {
    for (const parent of [path.id, 0])
      expectRefusal(await api.upload('x.txt', { parent, path: 'Sample/Folder/Path/' }), 400, {
        code: 'file_path_and_parent',
      });
  });

  it('takes neither an unknown attribute beside it nor itself in a change', async () => {
    const file = await api.create('x.txt');
    const fault = { source: { pointer: '/data/attributes/file_path' } };
    expectRefusal(await api.change(file.id, { file_path: 'Sample/' }), 400, fault);
  });

  it('keeps no bytes of what was refused', async () => {
    const before = await blobsIn(server.dataDir);
    expectRefusal(await api.upload('x.txt', { path: 'Nowhere/' }), 400, PATH_FAULT);
    expect(await blobsIn(server.dataDir)).toEqual(before);
  });
});

describe('Create a file in a folder, 64 levels below the top', () => {
  it('is reached by its id and by the path of all names', async () => {
    const chain = await api.createChain(64);
    const deepest = chain.at(-1) as FileResource;
    const names = chain.map(({ attributes }) => attributes.name).join('/');
    expect(parentOf(await api.createIn({ parent: deepest.id }, 'by id.txt'))).toBe(deepest.id);
    expect(parentOf(await api.createIn({ path: `${names}/` }, 'by path.txt'))).toBe(deepest.id);
    expectRefusal(await api.upload('x.txt', { path: `${names}/${names}/${names}/` }), 400);
  });
});
