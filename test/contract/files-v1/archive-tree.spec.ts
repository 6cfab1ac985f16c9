import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, expectStatus, type FileResource, FilesApi, INSTANT } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

const ARCHIVE = '/archive/files';
const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';
const PARENT = 'filter[files][parentFolderId]';

let server: Portico;
let api: FilesApi;
/** `folder` holds `file` and `inner`, which holds `deep`. */
let folder: FileResource;
let file: FileResource;
let inner: FileResource;
let deep: FileResource;
let tree: FileResource[];

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  folder = await api.createFolder('Folder');
  file = await api.createIn({ parent: folder.id }, 'file.txt', 'of the folder');
  inner = await api.createFolder('Inner', { parent: folder.id });
  deep = await api.createIn({ parent: inner.id }, 'deep.txt', 'deep');
  tree = [folder, file, inner, deep];
});

const deletedAt = async (id: string): Promise<string> => (await api.read(id, ARCHIVE)).attributes.deleted_at ?? '';
const restored = async (id: string, parent?: string | number): Promise<FileResource> => {
  const answer = await api.restore(id, parent);
  expectStatus(answer, 200);
  return dataOf(answer);
};
/** Which of the tree the list at `path` holds. */
const held = async (path: string): Promise<FileResource[]> => {
  const ids = await api.ids(path);
  return tree.filter(({ id }) => ids.includes(id));
};
const anotherSecondThan = (instant: string): Promise<unknown> =>
  until('another second', async () => {
    const { id, attributes } = await api.create('clock.txt');
    await api.archive(id);
    return attributes.created_at > instant;
  });

describe('Delete a file or folder', () => {
  it('answers 204 and archives a folder and everything in it, at one instant', async () => {
    const answer = await api.delete(`/files/${folder.id}`);
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    const instants = new Set(await Promise.all(tree.map(({ id }) => deletedAt(id))));
    expect([...instants]).toEqual([expect.stringMatching(INSTANT)]);
    for (const { id } of tree) expectRefusal(await api.get(`/files/${id}`), 404, { code: 'file_not_found' });
    expect(await held(`/files?${BOTH}`)).toEqual([]);
    expect(await held(`${ARCHIVE}?${BOTH}`)).toEqual(tree);
  });

  it('makes every change of anything in it answer 404', async () => {
    await api.archive(folder.id);
    for (const { id } of tree) {
      expectRefusal(await api.rename(id, 'x.txt'), 404);
      expectRefusal(await api.move(id, 0), 404);
      expectRefusal(await api.delete(`/files/${id}`), 404);
      expectRefusal(await api.get(`/files/${id}/download`), 404);
      expectRefusal(await api.link('post', id, 'entities', []), 404);
    }
  });

  it('leaves alone what was archived before, with its own deleted_at', async () => {
    await api.archive(deep.id);
    const before = await deletedAt(deep.id);
    await anotherSecondThan(before);
    await api.archive(folder.id);
    expect(await deletedAt(deep.id)).toBe(before);
    expect((await deletedAt(folder.id)) > before).toBe(true);
  });

  it('lets nothing stay active in it when files are uploaded at the same moment', async () => {
    const [archived, ...uploads] = await Promise.all([
      api.delete(`/files/${folder.id}`),
      ...Array.from({ length: 8 }, (_, at) => api.upload(`race ${at}.txt`, { parent: inner.id })),
    ]);
    expectStatus(archived, 204);
    for (const answer of uploads) {
      expect([201, 400]).toContain(answer.status);
      if (answer.status === 201) expect(await deletedAt(dataOf(answer).id)).toBe(await deletedAt(folder.id));
    }
    expect(await held('/files')).toEqual([]);
  });
});

describe('Get an archived file', () => {
  it('answers what it was, deleted_at, and links below the archive; a folder too', async () => {
    await api.archive(folder.id);
    for (const one of tree) {
      const self = `/v1/archive/files/${one.id}`;
      const { attributes, relationships, ...rest } = await api.read(one.id, ARCHIVE);
      const deleted_at = expect.stringMatching(INSTANT);
      expect(attributes).toEqual({ ...one.attributes, deleted_at });
      expect(rest).toEqual({ id: one.id, type: 'files', links: { self } });
      expect(relationships.associated_groups).toEqual({
        links: { self: `${self}/relationships/associated_groups`, related: `${self}/associated_groups` },
        data: [],
      });
    }
  });
});

describe('Get all archived files and/or folders', () => {
  it.each([
    ['files when nothing is said', '', [false]],
    ['files', 'filter[files][includedObjects]=FILES_ONLY', [false]],
    ['folders', 'filter[files][includedObjects]=FOLDERS_ONLY', [true]],
    ['both', BOTH, [true, false]],
  ])('answers %s, page by page in ascending order', async (_says, filter, kinds) => {
    await api.archive(folder.id);
    const expected = tree.filter(({ attributes }) => kinds.includes(attributes.is_folder));
    expect(await held(`${ARCHIVE}?${filter}`)).toEqual(expected);
    const paged = await api.ids(`${ARCHIVE}?${filter}${filter && '&'}page[limit]=2`);
    expect(paged).toEqual(await api.ids(`${ARCHIVE}?${filter}`));
    expect(paged).toEqual([...paged].sort((a, b) => Number(a) - Number(b)));
  });
});

describe('Get archived files and/or folders within a folder', () => {
  it('answers what stands in an archived folder, and what was archived out of an active one', async () => {
    await api.archive(file.id);
    expect(await held(`${ARCHIVE}?${BOTH}&${PARENT}=${folder.id}`)).toEqual([file]);
    await api.archive(folder.id);
    expect(await held(`${ARCHIVE}?${BOTH}&${PARENT}=${folder.id}`)).toEqual([file, inner]);
    expect(await held(`${ARCHIVE}?filter[files][includedObjects]=FOLDERS_ONLY&${PARENT}=${folder.id}`)).toEqual([
      inner,
    ]);
    expect(await held(`${ARCHIVE}?${PARENT}=${inner.id}`)).toEqual([deep]);
    expect(await held(`${ARCHIVE}?${BOTH}&${PARENT}=0`)).toEqual([folder]);
  });

  it('does not find an unknown folder, nor a file', async () => {
    await api.archive(folder.id);
    for (const id of ['999999999', file.id]) expectRefusal(await api.get(`${ARCHIVE}?${PARENT}=${id}`), 404);
  });
});

describe('Download an archived file', () => {
  it('answers the bytes of a file that went along with its folder, and refuses a folder with 400', async () => {
    await api.archive(folder.id);
    expect((await api.download(`${ARCHIVE}/${deep.id}/download`)).body.toString()).toBe('deep');
    for (const { id } of [folder, inner])
      expectRefusal(await api.get(`${ARCHIVE}/${id}/download`), 400, { code: 'folder_has_no_content' });
  });
});

describe('Restore an archived folder', () => {
  it('brings it back exactly as it was, with everything that went with it', async () => {
    await api.archive(folder.id);
    expect(await restored(folder.id)).toEqual(folder);
    expect(await Promise.all(tree.map(({ id }) => api.read(id)))).toEqual(tree);
    expect(await held(`${ARCHIVE}?${BOTH}`)).toEqual([]);
    expect((await api.download(`/files/${deep.id}/download`)).body.toString()).toBe('deep');
  });

  it('keeps archived what was archived before: a file, and a folder with all in it', async () => {
    await api.archive(inner.id, file.id);
    const before = await deletedAt(deep.id);
    await api.archive(folder.id);
    await restored(folder.id);
    expect(await held(`/files?${BOTH}`)).toEqual([folder]);
    expect(await held(`${ARCHIVE}?${BOTH}`)).toEqual([file, inner, deep]);
    expect([await deletedAt(inner.id), await deletedAt(deep.id)]).toEqual([before, before]);
    expect([await restored(inner.id), await restored(file.id)]).toEqual([inner, file]);
    expect(await held(`/files?${BOTH}`)).toEqual(tree);
  });

  it('answers 409 for what stands in an archived folder, and names the folder', async () => {
    await api.archive(file.id);
    await api.archive(folder.id);
    for (const [id, holder] of [
      [file.id, folder],
      [inner.id, folder],
      [deep.id, inner],
    ] as const) {
      const answer = await api.restore(id);
      expectRefusal(answer, 409, { detail: expect.stringContaining(holder.id) });
      expect(answer.text).toContain(holder.attributes.name);
    }
    expect(await held(`/files?${BOTH}`)).toEqual([]);
  });

  it('brings what stands in an archived folder back to another folder, with all that went with it', async () => {
    const other = await api.createFolder('Other');
    await api.archive(folder.id);
    expect((await restored(inner.id, other.id)).attributes.parent_folder_id).toBe(Number(other.id));
    expect(await api.read(deep.id)).toEqual(deep);
    expect((await restored(file.id, 0)).attributes.parent_folder_id).toBe(0);
    expect(await held(`${ARCHIVE}?${BOTH}`)).toEqual([folder]);
    await restored(folder.id);
    expect(await api.ids(`/files?${BOTH}&${PARENT}=${folder.id}`)).toEqual([]);
  });

  it('refuses another folder that is itself, below itself, archived, unknown or a file with 400', async () => {
    const another = await api.create('another.txt');
    const archived = await api.createFolder('Archived');
    await api.archive(folder.id, archived.id);
    for (const parent of [folder.id, inner.id, archived.id, '999999999', another.id, 'abc'])
      expectRefusal(await api.restore(folder.id, parent), 400, {
        source: { pointer: '/data/attributes/parent_folder_id' },
      });
    expect(await held(`${ARCHIVE}?${BOTH}`)).toEqual(tree);
  });

  it('takes nothing but another folder: another attribute is 400, another type or id 409', async () => {
    await api.archive(file.id);
    const path = `${ARCHIVE}/${file.id}/restore`;
    const named = await api.sendData('post', path, { id: file.id, type: 'files', attributes: { name: 'x.txt' } });
    expectRefusal(named, 400, { source: { pointer: '/data/attributes/name' } });
    expectRefusal(await api.sendData('post', path, { id: file.id, type: 'groups' }), 409);
    expectRefusal(await api.sendData('post', path, { id: folder.id, type: 'files' }), 409);
    expectStatus(await api.sendData('post', path, { id: Number(file.id), type: 'files' }), 200);
  });

  it('brings a file that was archived alone back into its folder, wherever that was moved', async () => {
    const other = await api.createFolder('Other');
    await api.archive(file.id);
    expectStatus(await api.move(folder.id, other.id), 200);
    expect((await restored(file.id)).attributes).toEqual(file.attributes);
  });
});
