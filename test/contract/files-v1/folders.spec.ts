import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  dataOf,
  expectRefusal,
  expectStatus,
  type FileResource,
  FilesApi,
  INSTANT,
  JSON_API,
} from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const KINDS = 'filter[files][includedObjects]';
const PARENT = 'filter[files][parentFolderId]';

let server: Portico;
let api: FilesApi;
/** Two files and two folders at the top, and the same in the first folder. */
let top: FileResource[];
let inner: FileResource[];
let archived: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  const content = async (parent: string | number): Promise<FileResource[]> => [
    await api.createFolder('Reports', { parent }),
    await api.createIn({ parent }, 'a.txt'),
    await api.createFolder('Taxes', { parent }),
    await api.createIn({ parent }, 'b.txt'),
  ];
  top = await content(0);
  inner = await content(at(top, 0).id);
  archived = await api.createFolder('Archived');
  await api.archive(archived.id);
});
afterAll(() => server.dispose());

function at(resources: readonly FileResource[], index: number): FileResource {
  return resources[index] as FileResource;
}
const query = (parameters: Record<string, string>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
const listed = (parameters: Record<string, string>): Promise<string[]> => api.ids(`/files?${query(parameters)}`);
const idsOf = (resources: readonly FileResource[], isFolder?: boolean): string[] =>
  resources.filter(({ attributes }) => isFolder === undefined || attributes.is_folder === isFolder).map(({ id }) => id);

describe('Create a folder', () => {
  it('answers 201 with the folder and where it is: no bytes, no hash, and "folder" as its content type', async () => {
    const answer = await api.postFolder('Test Folder');
    expectStatus(answer, 201);
    expect(answer.headers['content-type']).toBe(JSON_API);
    const { id, ...folder } = dataOf(answer);
    expect(answer.headers.location).toBe(`/api/v1/files/${id}`);
    const self = `/v1/files/${id}`;
    const links = (name: string) => ({ self: `${self}/relationships/${name}`, related: `${self}/${name}` });
    expect(folder).toEqual({
      type: 'files',
      attributes: {
        name: 'Test Folder',
        content_type: 'folder',
        created_at: expect.stringMatching(INSTANT),
        modified_at: expect.stringMatching(INSTANT),
        is_folder: true,
        parent_folder_id: 0,
      },
      relationships: {
        associated_groups: { links: links('associated_groups'), data: [] },
        associated_entities: { links: links('associated_entities'), data: [] },
      },
      links: { self },
    });
    expect(await api.read(id)).toEqual({ id, ...folder });
    await api.archive(id);
  });

  it('puts it into another folder, whose id may be a string or a number', async () => {
    const parent = await api.createFolder('Parent');
    for (const id of [parent.id, Number(parent.id)])
      expect((await api.createFolder('Child', { parent: id })).attributes.parent_folder_id).toBe(Number(parent.id));
    await api.archive(parent.id);
  });

  it('keeps the name in NFC, whatever form it is sent in', async () => {
    const folder = await api.createFolder('Bu\u0308cher été');
    expect(folder.attributes.name).toBe('B\u00fccher été');
    await api.archive(folder.id);
  });

  it.each(['', 'a/b', 'a\\b', 'tab\there', 'null\0', 'x'.repeat(256)])('refuses the name %j with 400', async (name) => {
    expectRefusal(await api.postFolder(name), 400, { source: { pointer: '/data/attributes/name' } });
  });

  it.each<[string, object, string]>([
    ['no name', { is_folder: true }, 'name'],
    ['a name that is a number', { name: 5, is_folder: true }, 'name'],
    ['is_folder left out', { name: 'x' }, 'is_folder'],
    ['is_folder false: a file has bytes', { name: 'x', is_folder: false }, 'is_folder'],
    ['an attribute that is not known', { name: 'x', is_folder: true, colour: 'red' }, 'colour'],
    ['an attribute that the server gives', { name: 'x', is_folder: true, created_at: '2014-12-01' }, 'created_at'],
    ['a parent that is null', { name: 'x', is_folder: true, parent_folder_id: null }, 'parent_folder_id'],
    ['a parent that is no id', { name: 'x', is_folder: true, parent_folder_id: 'abc' }, 'parent_folder_id'],
    ['a parent that is a fraction', { name: 'x', is_folder: true, parent_folder_id: 1.5 }, 'parent_folder_id'],
    ['a parent that is negative', { name: 'x', is_folder: true, parent_folder_id: -1 }, 'parent_folder_id'],
    [
      'a parent that is too large',
      { name: 'x', is_folder: true, parent_folder_id: '9'.repeat(19) },
      'parent_folder_id',
    ],
    ['a parent that is a list', { name: 'x', is_folder: true, parent_folder_id: [1] }, 'parent_folder_id'],
  ])('refuses %s with 400 and names it', async (_says, attributes, name) => {
    const answer = await api.sendData('post', '/files', { type: 'files', attributes });
    expectRefusal(answer, 400, { source: { pointer: `/data/attributes/${name}` } });
  });

  it('answers 409 when the type is another one', async () => {
    const attributes = { name: 'x', is_folder: true };
    const answer = await api.sendData('post', '/files', { type: 'folders', attributes });
    expectRefusal(answer, 409, { source: { pointer: '/data/type' } });
  });

  it('refuses a parent that is unknown, archived or a file with 400', async () => {
    for (const parent of ['999999999', archived.id, at(top, 1).id])
      expectRefusal(await api.postFolder('x', { parent }), 400, {
        source: { pointer: '/data/attributes/parent_folder_id' },
      });
  });

  it('left nothing behind with all that was refused', async () => {
    expect(await listed({ [KINDS]: 'FILES_AND_FOLDERS' })).toEqual(idsOf([...top, ...inner]));
  });
});

describe('Get a file or folder', () => {
  it('answers a folder without any filter', async () => {
    expect(await api.read(at(top, 0).id)).toEqual(top[0]);
  });

  it.each([
    ['FILES_ONLY', 1],
    ['FOLDERS_ONLY', 0],
    ['FILES_AND_FOLDERS', 0],
    ['FILES_AND_FOLDERS', 1],
  ])('meets the condition %s (%d)', async (kind, index) => {
    expectStatus(await api.get(`/files/${at(top, index).id}?${KINDS}=${kind}`), 200);
  });

  it('is not found when it does not meet the condition', async () => {
    const [folder, file] = [at(inner, 0).id, at(inner, 1).id];
    for (const path of [
      `${folder}?${KINDS}=FILES_ONLY`,
      `${file}?${KINDS}=FOLDERS_ONLY`,
      `${file}?${PARENT}=0`,
      `${file}?${PARENT}=${folder}`,
      `${file}?${PARENT}=999999999`,
    ])
      expectRefusal(await api.get(`/files/${path}`), 404);
    expectStatus(await api.get(`/files/${file}?${PARENT}=${at(top, 0).id}`), 200);
  });
});

describe('Get all files and/or folders', () => {
  it.each([
    ['files when nothing is said', {}, false],
    ['files', { [KINDS]: 'FILES_ONLY' }, false],
    ['folders', { [KINDS]: 'FOLDERS_ONLY' }, true],
    ['both', { [KINDS]: 'FILES_AND_FOLDERS' }, undefined],
  ])('answers %s of all levels, in ascending order of their ids', async (_says, parameters, isFolder) => {
    const expected = idsOf([...top, ...inner], isFolder);
    expect(await listed(parameters)).toEqual(expected);
    for (const limit of ['1', '3']) expect(await listed({ ...parameters, 'page[limit]': limit })).toEqual(expected);
  });

  it.each(['folders_only', 'ALL', '', 'FILES_ONLY,FOLDERS_ONLY', 'constructor'])(
    'refuses includedObjects=%s with 400',
    async (value) => {
      expectRefusal(await api.get(`/files?${KINDS}=${value}`), 400, { source: { parameter: KINDS } });
    },
  );
});

describe('Get files and/or folders from within a folder', () => {
  it('answers what stands in the folder itself, as the single reads do', async () => {
    const answer = await api.get(`/files?${query({ [KINDS]: 'FILES_AND_FOLDERS', [PARENT]: at(top, 0).id })}`);
    expectStatus(answer, 200);
    expect(answer.body).toMatchObject({ data: inner, links: { next: null } });
    for (const { attributes } of inner) expect(attributes.parent_folder_id).toBe(Number(at(top, 0).id));
  });

  it.each([
    ['files when nothing is said', {}, false],
    ['folders only', { [KINDS]: 'FOLDERS_ONLY' }, true],
    ['files only', { [KINDS]: 'FILES_ONLY' }, false],
  ])('answers %s', async (_says, parameters, isFolder) => {
    expect(await listed({ ...parameters, [PARENT]: at(top, 0).id })).toEqual(idsOf(inner, isFolder));
  });

  it('answers the top level for 0', async () => {
    expect(await listed({ [KINDS]: 'FILES_AND_FOLDERS', [PARENT]: '0' })).toEqual(idsOf(top));
  });

  it('answers an empty list for an empty folder', async () => {
    expect(await listed({ [KINDS]: 'FILES_AND_FOLDERS', [PARENT]: at(top, 2).id })).toEqual([]);
  });

  it('repeats the filters in the next link, which leads through the folder', async () => {
    const path = `/files?${query({ [KINDS]: 'FILES_AND_FOLDERS', [PARENT]: at(top, 0).id, 'page[limit]': '3' })}`;
    const pages = await api.walk(path);
    expect(pages.map(({ data }) => data.map(({ id }) => id))).toEqual([
      idsOf(inner.slice(0, 3)),
      idsOf(inner.slice(3)),
    ]);
    const next = new URL(pages[0]?.links.next ?? '', server.url);
    expect(next.pathname).toBe('/v1/files');
    expect(Object.fromEntries(next.searchParams)).toMatchObject({
      [KINDS]: 'FILES_AND_FOLDERS',
      [PARENT]: at(top, 0).id,
      'page[limit]': '3',
    });
  });

  it('does not find a folder that is unknown, archived or a file', async () => {
    for (const id of ['999999999', archived.id, at(top, 1).id])
      expectRefusal(await api.get(`/files?${PARENT}=${id}`), 404);
  });

  it.each(['abc', '-1', '1.5', ''])('refuses parentFolderId=%s with 400', async (value) => {
    expectRefusal(await api.get(`/files?${PARENT}=${value}`), 400, { source: { parameter: PARENT } });
  });
});

describe('Download a file', () => {
  it('refuses a folder with 400', async () => {
    expectRefusal(await api.get(`/files/${at(top, 0).id}/download`), 400, { code: 'folder_has_no_content' });
  });
});
