import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

const ROUNDS = 20;
const FOLDERS = '/files?filter[files][includedObjects]=FOLDERS_ONLY';
const FAULT = { source: { pointer: '/data/attributes/parent_folder_id' } };

let server: Portico;
let api: FilesApi;
let one: FileResource;
let other: FileResource;
let file: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  one = await api.createFolder('One');
  other = await api.createFolder('Other');
  file = await api.createIn({ parent: one.id }, 'Sample.txt', 'kept');
});

const parentOf = async (id: string): Promise<string> => String((await api.read(id)).attributes.parent_folder_id);
const inFolder = (id: string): Promise<string[]> =>
  api.ids(`/files?filter[files][includedObjects]=FILES_AND_FOLDERS&filter[files][parentFolderId]=${id}`);

/** Follows the parents of `id` to the top. @throws Error when they lead in a circle */
async function pathOf(id: string, parents: ReadonlyMap<string, string>): Promise<string[]> {
  const path = [id];
  for (let at = parents.get(id); at !== undefined && at !== '0'; at = parents.get(at)) {
    if (path.includes(at)) throw new Error(`the folders ${path.join(' → ')} → ${at} stand in a circle`);
    path.push(at);
  }
  return path;
}

/** Expects that every folder stands in a folder that is there or at the top, in no circle, and is listed there. */
async function expectTree(): Promise<void> {
  const folders = (await api.walk(FOLDERS)).flatMap(({ data }) => data);
  const parents = new Map(folders.map(({ id, attributes }) => [id, String(attributes.parent_folder_id)]));
  for (const [id, parent] of parents) {
    expect(parent === '0' || parents.has(parent)).toBe(true);
    expect((await pathOf(id, parents)).length).toBeGreaterThan(0);
  }
}

describe('Move a file or folder to another folder', () => {
  it('answers the example of the seed: the file, in the other folder', async () => {
    const data = { id: Number(file.id), type: 'files', attributes: { parent_folder_id: Number(other.id) } };
    const answer = await api.sendData('patch', `/files/${file.id}`, data);
    expectStatus(answer, 200);
    const { modified_at } = dataOf(answer).attributes;
    expect(dataOf(answer)).toEqual({
      ...file,
      attributes: { ...file.attributes, parent_folder_id: Number(other.id), modified_at },
    });
    expect(await api.read(file.id)).toEqual(dataOf(answer));
    expect([await inFolder(one.id), await inFolder(other.id)]).toEqual([[], [file.id]]);
    expect((await api.download(`/files/${file.id}/download`)).body.toString()).toBe('kept');
  });

  it('takes the ids as strings as well', async () => {
    expectStatus(await api.move(file.id, other.id), 200);
    expect(await parentOf(file.id)).toBe(other.id);
  });

  it.each([0, '0'])('moves a file and a folder to the top level (%j)', async (topLevel) => {
    const folder = await api.createFolder('Inner', { parent: one.id });
    for (const { id } of [file, folder]) {
      expect(dataOf(await api.move(id, topLevel)).attributes.parent_folder_id).toBe(0);
      expect(await parentOf(id)).toBe('0');
    }
  });

  it('moves a folder with everything in it', async () => {
    const inner = await api.createFolder('Inner', { parent: one.id });
    const deep = await api.createIn({ parent: inner.id }, 'deep.txt');
    expectStatus(await api.move(one.id, other.id), 200);
    expect(await inFolder(other.id)).toEqual([one.id]);
    expect(await inFolder(one.id)).toEqual([file.id, inner.id]);
    expect([await parentOf(one.id), await parentOf(inner.id), await parentOf(deep.id)]).toEqual([
      other.id,
      one.id,
      inner.id,
    ]);
  });

  it('moves and renames in one request', async () => {
    const answer = await api.change(file.id, { name: 'Renamed.txt', parent_folder_id: other.id });
    expect(dataOf(answer).attributes).toMatchObject({ name: 'Renamed.txt', parent_folder_id: Number(other.id) });
  });

  it('does neither when one of both is refused', async () => {
    expectRefusal(await api.change(file.id, { name: 'Renamed.pdf', parent_folder_id: other.id }), 400);
    expectRefusal(await api.change(file.id, { name: 'Renamed.txt', parent_folder_id: '999999999' }), 400, FAULT);
    expect(await api.read(file.id)).toEqual(file);
  });

  it('changes nothing when it stands there already', async () => {
    expect(dataOf(await api.move(file.id, one.id))).toEqual(file);
    expect(await inFolder(one.id)).toEqual([file.id]);
  });

  it('moves modified_at of what is moved, and of nothing else', async () => {
    await until('another second', async () => {
      await api.move(file.id, (await parentOf(file.id)) === one.id ? other.id : one.id);
      return (await api.read(file.id)).attributes.modified_at > file.attributes.modified_at;
    });
    expect([await api.read(one.id), await api.read(other.id)]).toEqual([one, other]);
  });

  it('gives a folder another name, also one with something like another extension', async () => {
    for (const name of ['Reports.2024', 'Reports.txt', 'Reports'])
      expect(dataOf(await api.rename(one.id, name)).attributes.name).toBe(name);
  });

  it('refuses a folder into itself and below itself with 400', async () => {
    const [inner = one, innermost = one] = await api.createChain(2, { parent: one.id });
    for (const target of [one, inner, innermost])
      expectRefusal(await api.move(one.id, target.id), 400, { ...FAULT, code: 'moved_into_itself' });
    expect([await parentOf(one.id), await parentOf(inner.id), await parentOf(innermost.id)]).toEqual([
      '0',
      one.id,
      inner.id,
    ]);
  });

  it('refuses a target that is a file, unknown or archived with 400', async () => {
    const archived = await api.createFolder('Archived');
    const below = await api.createFolder('Below', { parent: archived.id });
    await api.archive(archived.id);
    const another = await api.create('another.txt');
    for (const target of [another.id, file.id, '999999999', '9223372036854775807', archived.id, below.id])
      for (const { id } of [file, one]) expectRefusal(await api.move(id, target), 400, FAULT);
    expect([await parentOf(file.id), await parentOf(one.id)]).toEqual([one.id, '0']);
  });

  it.each([null, true, -1, 1.5, 1e30, 'abc', '', ' 0', '01', '9223372036854775808', [], {}])(
    'refuses the target %j with 400',
    async (target) => {
      expectRefusal(await api.change(file.id, { parent_folder_id: target }), 400, FAULT);
      expect(await parentOf(file.id)).toBe(one.id);
    },
  );

  it.each([
    ['is_folder', false],
    ['content_type', 'text/plain'],
    ['bytes', 4],
    ['sha256', 'ab'],
    ['created_at', '2014-12-01T13:22:40Z'],
    ['modified_at', '2014-12-01T13:22:40Z'],
    ['deleted_at', null],
    ['file_path', 'Other/'],
    ['parentFolderId', 1],
  ])('refuses the attribute %s, which is not editable, beside it and names it', async (name, value) => {
    for (const { id } of [file, one]) {
      const answer = await api.change(id, { parent_folder_id: other.id, [name]: value });
      expectRefusal(answer, 400, { source: { pointer: `/data/attributes/${name}` } });
    }
    expect([await parentOf(file.id), await parentOf(one.id)]).toEqual([one.id, '0']);
  });

  it('does not find what is unknown or archived', async () => {
    await api.archive(one.id);
    for (const id of ['999999999', one.id, file.id])
      expectRefusal(await api.move(id, other.id), 404, { code: 'file_not_found' });
  });
});

describe('Move a file or folder to another folder, many at once', () => {
  it('lets one of two opposite moves win, and never makes a circle', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [left, right] = [await api.createFolder('Left'), await api.createFolder('Right')];
      const answers = await Promise.all([api.move(left.id, right.id), api.move(right.id, left.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      const parents = [await parentOf(left.id), await parentOf(right.id)];
      expect(parents).toEqual(answers[0]?.status === 200 ? [right.id, '0'] : ['0', left.id]);
    }
  });

  it('never makes a circle of many folders that each move below the next', async () => {
    for (let round = 0; round < 5; round++) {
      const ring = await Promise.all(Array.from({ length: 6 }, (_, at) => api.createFolder(`ring ${at}`)));
      const next = (at: number): FileResource => ring[(at + 1) % ring.length] as FileResource;
      const answers = await Promise.all(ring.map(({ id }, at) => api.move(id, next(at).id)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, 200, 200, 200, 200, 400]);
      await expectTree();
    }
  });

  it('loses nothing when a file is moved to many folders at once', async () => {
    const folders = await Promise.all(Array.from({ length: 6 }, (_, at) => api.createFolder(`target ${at}`)));
    const answers = await Promise.all(folders.map(({ id }) => api.move(file.id, id)));
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const holders = (await Promise.all(folders.map(({ id }) => inFolder(id)))).filter((ids) => ids.includes(file.id));
    expect(holders).toEqual([[file.id]]);
  });
});
