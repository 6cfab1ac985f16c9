import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi } from '../../support/directory-api.js';
import { dataOf, expectRefusal, expectStatus, type FileResource, FilesApi, idsIn } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(120_000);

const LEVELS = 64;
const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';

let server: Portico;
let api: FilesApi;
/** A folder in each level, each but the topmost in the one before, and a file in the last. */
let chain: FileResource[];
let file: FileResource;
/** Of the topmost folder. */
let entity: string;
/** Of the folder half-way. */
let group: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  const directory = new DirectoryApi(server.url, server.headers);
  [entity, group] = [(await directory.entity()).id, (await directory.group()).id];
  chain = await api.createChain(LEVELS, { entities: [entity] });
  file = await api.createIn({ parent: level(LEVELS).id }, 'deep.txt', 'deep');
  expectStatus(await api.link('post', level(LEVELS / 2).id, 'groups', [group]), 204);
});
afterAll(() => server.dispose());

function level(number: number): FileResource {
  return chain[number - 1] as FileResource;
}
const all = (): string[] => [...chain, file].map(({ id }) => id);

describe('A tree of 64 levels', () => {
  it('shows the associations of every folder above', async () => {
    const shown = await api.read(file.id);
    expect([idsIn(shown, 'entities'), idsIn(shown, 'groups')]).toEqual([[entity], [group]]);
    expect(await api.linked(level(LEVELS / 2).id, 'groups')).toEqual([group]);
    expect(await api.linked(level(LEVELS / 2 - 1).id, 'groups')).toEqual([]);
  });

  it('is found whole by the associations of its folders', async () => {
    expect(await api.ids(`/files?${BOTH}&filter[files][entityId]=${entity}`)).toEqual(all());
    const below = await api.ids(`/files?${BOTH}&filter[files][groupId]=${group}&page[limit]=7`);
    expect(below).toEqual(all().slice(LEVELS / 2 - 1));
  });

  it('refuses to remove at the bottom what comes from the top, and names the topmost folder', async () => {
    const answer = await api.link('delete', file.id, 'entities', [entity]);
    expectRefusal(answer, 400, { detail: expect.stringContaining(level(1).id) });
  });

  it('refuses the topmost folder into any folder below it', async () => {
    for (const target of [2, LEVELS / 2, LEVELS])
      expectRefusal(await api.move(level(1).id, level(target).id), 400, { code: 'moved_into_itself' });
  });

  it('is archived and restored whole', async () => {
    const before = await Promise.all(all().map((id) => api.read(id)));
    await api.archive(level(1).id);
    const archived = (await api.walk(`/archive/files?${BOTH}`)).flatMap(({ data }) => data);
    expect(archived.map(({ id }) => id)).toEqual(all());
    expect(new Set(archived.map(({ attributes }) => attributes.deleted_at)).size).toBe(1);
    expect(archived.every((one) => idsIn(one, 'entities').includes(entity))).toBe(true);
    expectRefusal(await api.restore(file.id), 409, { detail: expect.stringContaining(level(LEVELS).id) });
    expectStatus(await api.restore(level(1).id), 200);
    expect(await Promise.all(all().map((id) => api.read(id)))).toEqual(before);
  });

  it('is moved whole, and its associations follow where it stands', async () => {
    const half = level(LEVELS / 2);
    expectStatus(await api.move(half.id, 0), 200);
    expect(idsIn(await api.read(file.id), 'entities')).toEqual([]);
    expect(idsIn(await api.read(file.id), 'groups')).toEqual([group]);
    expect(dataOf(await api.move(half.id, level(LEVELS / 2 - 1).id))).toMatchObject({ id: half.id });
    expect(idsIn(await api.read(file.id), 'entities')).toEqual([entity]);
  });

  it('is refused with 400 where it would become too deep, by a new folder and by a move', async () => {
    let bottom = level(LEVELS).id;
    let answer = await api.postFolder('deeper', { parent: bottom });
    for (let depth = LEVELS + 1; answer.status === 201 && depth < 1000; depth++) {
      bottom = dataOf(answer).id;
      answer = await api.postFolder('deeper', { parent: bottom });
    }
    expectRefusal(answer, 400, { code: 'folder_too_deep' });
    const tower = await api.createChain(2);
    for (const { id } of tower) expectRefusal(await api.move(id, bottom), 400, { code: 'folder_too_deep' });
    expectStatus(await api.upload('at the bottom.txt', { parent: bottom }), 201);
  });
});
