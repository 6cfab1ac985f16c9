import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi } from '../../support/directory-api.js';
import { type FileResource, FilesApi, idsIn, type Kind } from '../../support/files-api.js';
import { Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { SeededRandom } from '../../support/seeded-random.js';

jest.setTimeout(240_000);

const COUNT = 240;
const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';
const STATES = ['/files', '/archive/files'] as const;
const LIMITS = [2, 7, 500];

let server: Portico;
let admin: FilesApi;
let user: FilesApi;
const ids: Record<Kind, string[]> = { entities: [], groups: [] };
/** What is permitted to the user, and what is not, of both kinds. */
let permitted: Record<Kind, string[]>;

beforeAll(async () => {
  server = await SharedPortico.start();
  admin = new FilesApi(server.url, server.headers);
  const directory = new DirectoryApi(server.url, server.headers);
  for (let count = 0; count < 5; count++) ids.entities.push((await directory.entity()).id);
  for (const members of [ids.entities.slice(2, 3), ids.entities.slice(0, 1)])
    ids.groups.push((await directory.group('Group', members)).id);
  const [entities, groups] = [ids.entities.slice(1, 2), ids.groups.slice(0, 1)];
  permitted = { entities: ids.entities.slice(1, 3), groups };
  user = await new Operator(server).apiOf({ permissions: ['api_access', 'files_edit'], entities, groups });
  await grow(new SeededRandom(20_170_406));
});
afterAll(() => server.dispose());

/** Files and folders in one another with associations of every kind, some archived alone and some with their folder. */
async function grow(random: SeededRandom): Promise<void> {
  const folders: Record<'admin' | 'user', string[]> = { admin: [], user: [] };
  const made: string[] = [];
  for (let count = 0; count < COUNT; count++) {
    const who = random.below(4) === 0 ? 'user' : 'admin';
    const api = who === 'user' ? user : admin;
    const choice = who === 'user' ? permitted : ids;
    const some = (kind: Kind): string[] => (random.below(5) === 0 ? [random.pick(choice[kind])] : []);
    const parent = folders[who].length > 0 && random.below(3) > 0 ? random.pick(folders[who]) : 0;
    const place = { parent, entities: some('entities'), groups: some('groups') };
    const isFolder = random.below(4) === 0;
    const { id } = isFolder ? await api.createFolder(`${count}`, place) : await api.createIn(place, `${count}.txt`);
    if (isFolder) folders[who].push(id);
    made.push(id);
  }
  for (let count = 0; count < COUNT / 10; count++) await admin.delete(`/files/${random.pick(made)}`);
}

const all = async (state: string): Promise<FileResource[]> =>
  (await admin.walk(`${state}?${BOTH}`)).flatMap(({ data }) => data);
const readable = async (state: string): Promise<FileResource[]> => {
  const whole = await all(state);
  const statuses = await Promise.all(whole.map(({ id }) => user.get(`${state}/${id}`).then(({ status }) => status)));
  return whole.filter((_, at) => statuses[at] === 200);
};
/** Expects the same list for every size of page and every kind. */
const expectList = async (api: FilesApi, path: string, expected: readonly FileResource[]): Promise<void> => {
  for (const limit of LIMITS)
    for (const [included, isKind] of [
      ['FILES_AND_FOLDERS', () => true],
      ['FOLDERS_ONLY', (file: FileResource) => file.attributes.is_folder],
      ['FILES_ONLY', (file: FileResource) => !file.attributes.is_folder],
    ] as const) {
      const listed = await api.ids(`${path}&filter[files][includedObjects]=${included}&page[limit]=${limit}`);
      expect({ path, limit, included, listed }).toEqual({
        path,
        limit,
        included,
        listed: expected.filter(isKind).map(({ id }) => id),
      });
    }
};

describe.each(STATES)('The lists of GET /v1%s', (state) => {
  it('hold everything there is, once', async () => {
    const whole = await all(state);
    expect(whole.length).toBeGreaterThan(COUNT / 20);
    await expectList(admin, `${state}?page[after]=0`, whole);
  });

  it('hold for a user without all data exactly what the single reads answer', async () => {
    const [whole, seen] = [await all(state), await readable(state)];
    expect([seen.length > 0, seen.length < whole.length]).toEqual([true, true]);
    await expectList(user, `${state}?page[after]=0`, seen);
  });

  it.each(['entities', 'groups'] as const)('hold for a filter what shows these %s', async (kind) => {
    const [whole, seen] = [await all(state), await readable(state)];
    for (const id of ids[kind]) {
      const path = `${state}?filter[files][${kind === 'entities' ? 'entityId' : 'groupId'}]=${id}`;
      const has = (file: FileResource): boolean => idsIn(file, kind).includes(id);
      await expectList(admin, path, whole.filter(has));
      await expectList(user, path, permitted[kind].includes(id) ? seen.filter(has) : []);
    }
  });

  it('hold for a folder what stands in it', async () => {
    const folders = (await all(state)).filter(({ attributes }) => attributes.is_folder);
    const whole = await all(state);
    for (const folder of folders.slice(0, 8)) {
      const inside = whole.filter(({ attributes }) => String(attributes.parent_folder_id) === folder.id);
      expect(await admin.ids(`${state}?${BOTH}&filter[files][parentFolderId]=${folder.id}&page[limit]=2`)).toEqual(
        inside.map(({ id }) => id),
      );
    }
  });
});
