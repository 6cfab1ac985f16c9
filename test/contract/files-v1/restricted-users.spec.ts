import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, FilesApi, idsIn, type Kind, linkage, linkedTo } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { RestrictedTree } from '../../support/restricted-tree.js';

jest.setTimeout(60_000);

const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';
const PARENT = 'filter[files][parentFolderId]';
const KINDS: readonly Kind[] = ['groups', 'entities'];

let server: Portico;
let tree: RestrictedTree;
let user: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  tree = await RestrictedTree.grow(server);
  user = tree.user;
});
afterAll(() => server.dispose());

const names = (reaches: readonly ('change' | 'read')[] = ['change', 'read']): string[] =>
  tree.of(...reaches).map(({ name }) => name);
const listed = async (api: FilesApi, path: string): Promise<string[]> => tree.names(await api.ids(path));
/** The names of what is readable, and of the admin's whole list what the filter answers. */
const expected = async (path: string): Promise<string[]> => {
  const whole = await listed(tree.admin, path);
  return whole.filter((name) => names().includes(name));
};
const readings = (id: string, state: '/files' | '/archive/files'): string[] => [
  `${state}/${id}`,
  ...KINDS.flatMap((kind) => [`${state}/${id}/relationships/associated_${kind}`, `${state}/${id}/associated_${kind}`]),
];

async function expectReadings(state: '/files' | '/archive/files'): Promise<void> {
  for (const { file, reach } of tree.made) {
    const { id, attributes } = file;
    for (const path of readings(id, state)) {
      const answer = await user.get(path);
      if (reach === 'none') expectRefusal(answer, 404);
      else expectStatus(answer, 200);
    }
    const download = await user.get(`${state}/${id}/download`);
    if (reach === 'none') expectRefusal(download, 404);
    else expectStatus(download, attributes.is_folder ? 400 : 200);
  }
}

describe('Get a file or folder, as a user without all data', () => {
  it('answers what has an effective association that is permitted, or none and was made by the user; else 404', async () => {
    await expectReadings('/files');
  });

  it('answers the same as to a user with all data, but of the associations only those that are permitted', async () => {
    for (const { file } of tree.of('change', 'read')) expect(await user.read(file.id)).toEqual(tree.shown(file));
  });

  it('answers to a user with no data what they made without associations, and nothing else', async () => {
    for (const { file } of tree.made) expectRefusal(await tree.colleague.get(`/files/${file.id}`), 404);
    const own = await tree.colleague.create('own.txt');
    expect(await tree.colleague.ids(`/files?${BOTH}`)).toEqual([own.id]);
    expectRefusal(await user.get(`/files/${own.id}`), 404);
    await tree.colleague.archive(own.id);
    expect(await tree.colleague.ids(`/archive/files?${BOTH}`)).toEqual([own.id]);
    expect(await user.ids(`/archive/files?${BOTH}`)).toEqual([]);
  });
});

describe.each(KINDS)('Get all %s associated with a file, as a user without all data', (kind) => {
  it('answers those that are permitted, as linkage and as full resources', async () => {
    for (const { file } of tree.of('change', 'read')) {
      const permitted = idsIn(tree.shown(file), kind);
      expect(await user.linked(file.id, kind)).toEqual(permitted);
      const answer = await user.get(`/files/${file.id}/associated_${kind}`);
      expect((answer.body as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(permitted);
    }
  });
});

describe('Get all files and/or folders, as a user without all data', () => {
  it.each([BOTH, '', 'filter[files][includedObjects]=FOLDERS_ONLY'])('lists what is readable (%s)', async (query) => {
    const whole = await expected(`/files?${query}`);
    expect(await listed(user, `/files?${query}`)).toEqual(whole);
    for (const limit of [1, 2, 5])
      expect(await listed(user, `/files?${query}${query && '&'}page[limit]=${limit}`)).toEqual(whole);
    if (query === BOTH) expect(whole).toEqual(names());
  });

  it('lists of a filter what is readable of it', async () => {
    for (const filter of [`entityId]=${tree.entity}`, `entityId]=${tree.member}`, `groupId]=${tree.group}`])
      for (const more of ['', '&page[limit]=1']) {
        const path = `/files?${BOTH}&filter[files][${filter}${more}`;
        const whole = await expected(path);
        expect(whole.length).toBeGreaterThan(0);
        expect(await listed(user, path)).toEqual(whole);
      }
  });

  it('takes an entity or group that is not permitted for one that is unknown', async () => {
    const shared = tree.id('of the entity and a foreign one');
    for (const filter of [`entityId]=${tree.foreignEntity}`, `groupId]=${tree.foreignGroup}`]) {
      expect(await listed(user, `/files?${BOTH}&filter[files][${filter}`)).toEqual([]);
      expect(await listed(user, `/files?${BOTH}&${PARENT}=0&filter[files][${filter}`)).toEqual([]);
      expectRefusal(await user.get(`/files/${shared}?filter[files][${filter}`), 404);
    }
  });

  it('answers what is readable in a folder, and 404 for a folder that is not', async () => {
    for (const { file, reach } of tree.made.filter((made) => made.file.attributes.is_folder)) {
      const path = `/files?${BOTH}&${PARENT}=${file.id}`;
      if (reach === 'none') expectRefusal(await user.get(path), 404);
      else expect(await listed(user, path)).toEqual(await expected(path));
    }
    expect(await listed(user, `/files?${BOTH}&${PARENT}=0`)).toEqual(await expected(`/files?${BOTH}&${PARENT}=0`));
  });
});

describe('What is permitted to a user changes', () => {
  let person: FilesApi;
  let id: string;
  const relate = (entities: string[], groups: string[]) => {
    const { associated_entities, associated_groups } = linkage({ entities, groups }) as Record<string, object>;
    const relationships = { permissioned_entities: associated_entities, permissioned_groups: associated_groups };
    return tree.admin.sendData('patch', `/users/${id}`, { id, type: 'users', relationships });
  };
  const sees = async (name: string): Promise<boolean> => {
    const answer = await person.get(`/files/${tree.id(name)}`);
    const isListed = (await listed(person, `/files?${BOTH}`)).includes(name);
    expect(answer.status).toBe(isListed ? 200 : 404);
    return isListed;
  };

  beforeAll(async () => {
    const operator = new Operator(server);
    const email = await operator.user({ permissions: ['api_access', 'files_edit'], entities: [tree.entity] });
    person = new FilesApi(server.url, keyHeaders(await operator.apiKey(email), server.credentials.firmId));
    id = ((await person.get('/users/me')).body as { data: { id: string } }).data.id;
  });

  it('takes effect at once, for an entity and for a group', async () => {
    expect([await sees('of the entity'), await sees('of the group')]).toEqual([true, false]);
    expectStatus(await relate([], [tree.group]), 200);
    expect([await sees('of the entity'), await sees('of the group')]).toEqual([false, true]);
    expectStatus(await relate([tree.entity], []), 200);
    expect([await sees('of the entity'), await sees('of the group')]).toEqual([true, false]);
  });

  it('takes effect at once when an entity joins or leaves a permitted group', async () => {
    expectStatus(await relate([], [tree.group]), 200);
    const members = `/groups/${tree.group}/relationships/members`;
    const member = linkedTo('entities', [tree.member]);
    expect(await sees('of the member of the group')).toBe(true);
    expectStatus(await tree.admin.sendData('delete', members, member), 204);
    expect([await sees('of the member of the group'), await sees('of the group')]).toEqual([false, true]);
    expectStatus(await tree.admin.sendData('post', members, member), 204);
    expect(await sees('of the member of the group')).toBe(true);
  });

  it('takes effect at once when the user is given all data, or another permission', async () => {
    const attributes = (given: object) =>
      tree.admin.sendData('patch', `/users/${id}`, { id, type: 'users', attributes: given });
    expectStatus(await attributes({ all_data_access: true }), 200);
    expect(await listed(person, `/files?${BOTH}`)).toEqual(tree.made.map(({ name }) => name));
    expectStatus(await attributes({ all_data_access: false, permissions: ['api_access', 'files_view'] }), 200);
    expectRefusal(await person.delete(`/files/${tree.id('of the group')}`), 403);
    expectRefusal(await person.delete(`/files/${tree.id('of the entity')}`), 403);
    expectStatus(await person.get(`/files/${tree.id('of the group')}`), 200);
    expectRefusal(await person.get(`/files/${tree.id('of the entity')}`), 404);
  });
});

describe('Get an archived file, as a user without all data', () => {
  beforeAll(async () => {
    const tops = tree.made.filter(({ file }) => file.attributes.parent_folder_id === 0);
    await tree.admin.archive(...tops.map(({ file }) => file.id));
  });

  it('answers the same files and folders as while they were active', async () => {
    await expectReadings('/archive/files');
  });

  it('lists them, page by page and by entity', async () => {
    expect(await listed(user, `/archive/files?${BOTH}`)).toEqual(names());
    for (const more of ['page[limit]=2', `filter[files][entityId]=${tree.entity}`, 'page[limit]=1&' + BOTH])
      expect(await listed(user, `/archive/files?${more}`)).toEqual(await expected(`/archive/files?${more}`));
  });

  it('answers 404 for a folder that is not readable', async () => {
    for (const { file, reach } of tree.made.filter((made) => made.file.attributes.is_folder))
      expectStatus(await user.get(`/archive/files?${PARENT}=${file.id}`), reach === 'none' ? 404 : 200);
  });
});
