import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const ENTITY = 'filter[files][entityId]';
const GROUP = 'filter[files][groupId]';
const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';
const UNKNOWN = '999999999';

let server: Portico;
let api: FilesApi;
let entity: string;
let otherEntity: string;
let group: string;
/** What the tree holds, by name, in ascending order of the ids. */
const made: Record<string, FileResource> = {};

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  const directory = new DirectoryApi(server.url, server.headers);
  entity = (await directory.entity()).id;
  otherEntity = (await directory.entity()).id;
  group = (await directory.group('Group', [otherEntity])).id;
  const folder = async (name: string, place: object) => (made[name] = await api.createFolder(name, place));
  const file = async (name: string, place: object) => (made[name] = await api.createIn(place, `${name}.txt`));
  const outer = await folder('outer', { entities: [entity] });
  const inner = await folder('inner', { parent: outer.id, groups: [group] });
  await file('deep', { parent: inner.id });
  await file('own', { entities: [entity] });
  await file('twice', { parent: outer.id, entities: [entity, otherEntity] });
  await file('grouped', { groups: [group] });
  await file('other', { entities: [otherEntity] });
  await file('none', {});
  await file('archived alone', { parent: outer.id });
  const gone = await folder('gone', { entities: [entity] });
  await file('gone inside', { parent: gone.id, groups: [group] });
  await api.archive(id('archived alone'), id('gone'));
});
afterAll(() => server.dispose());

function id(name: string): string {
  return made[name]?.id ?? '';
}
const namesOf = (ids: readonly string[]): string[] =>
  ids.map((found) => Object.keys(made).find((name) => id(name) === found) ?? found);
const listed = async (query: string, collection = '/files'): Promise<string[]> =>
  namesOf(await api.ids(`${collection}?${query}`));

describe('Optional parameters: filter[files][entityId]', () => {
  it('answers what is associated with the entity, itself or through a folder above it, each once', async () => {
    expect(await listed(`${BOTH}&${ENTITY}=${entity}`)).toEqual(['outer', 'inner', 'deep', 'own', 'twice']);
    expect(await listed(`${ENTITY}=${entity}`)).toEqual(['deep', 'own', 'twice']);
    expect(await listed(`${ENTITY}=${entity}&filter[files][includedObjects]=FOLDERS_ONLY`)).toEqual(['outer', 'inner']);
  });

  it('does not answer what is associated with a group of which the entity is a member', async () => {
    expect(await listed(`${BOTH}&${ENTITY}=${otherEntity}`)).toEqual(['twice', 'other']);
  });

  it('answers an empty list for an unknown entity', async () => {
    expect(await listed(`${ENTITY}=${UNKNOWN}`)).toEqual([]);
    expect(await listed(`${ENTITY}=9223372036854775807`)).toEqual([]);
  });
});

describe('Optional parameters: filter[files][groupId]', () => {
  it('answers what is associated with the group, itself or through a folder above it', async () => {
    expect(await listed(`${BOTH}&${GROUP}=${group}`)).toEqual(['inner', 'deep', 'grouped']);
    expect(await listed(`${GROUP}=${group}`)).toEqual(['deep', 'grouped']);
    expect(await listed(`${GROUP}=${UNKNOWN}`)).toEqual([]);
  });
});

describe('Optional parameters: filter[files][entityId]&filter[files][groupId]', () => {
  it('ignores the group, in whichever order they are given, even one that is unknown', async () => {
    const expected = ['deep', 'own', 'twice'];
    for (const other of [group, UNKNOWN]) {
      expect(await listed(`${ENTITY}=${entity}&${GROUP}=${other}`)).toEqual(expected);
      expect(await listed(`${GROUP}=${other}&${ENTITY}=${entity}`)).toEqual(expected);
    }
    expect(await listed(`${ENTITY}=${UNKNOWN}&${GROUP}=${group}`)).toEqual([]);
  });
});

describe('Optional parameters: the examples of the seed, without "filter"', () => {
  it('understands ?[files][entityId]=, ?[files][groupId]= and the mixture', async () => {
    expect(await listed(`[files][entityId]=${entity}`)).toEqual(['deep', 'own', 'twice']);
    expect(await listed(`[files][groupId]=${group}`)).toEqual(['deep', 'grouped']);
    expect(await listed(`[files][entityId]=${entity}&${GROUP}=${group}`)).toEqual(['deep', 'own', 'twice']);
    expect(await listed(`[files][groupId]=${group}&${ENTITY}=${otherEntity}`)).toEqual(['twice', 'other']);
  });

  it('understands percent-encoded brackets', async () => {
    expect(await listed(`${encodeURIComponent(ENTITY)}=${entity}`)).toEqual(['deep', 'own', 'twice']);
    expect(await listed(`${encodeURIComponent('[files][entityId]')}=${entity}`)).toEqual(['deep', 'own', 'twice']);
  });
});

describe('Optional parameters together', () => {
  it('answers what meets all of them', async () => {
    const parent = `filter[files][parentFolderId]`;
    expect(await listed(`${BOTH}&${ENTITY}=${entity}&${parent}=${id('outer')}`)).toEqual(['inner', 'twice']);
    expect(await listed(`${BOTH}&${GROUP}=${group}&${parent}=${id('outer')}`)).toEqual(['inner']);
    expect(await listed(`${BOTH}&${ENTITY}=${entity}&${parent}=0`)).toEqual(['outer', 'own']);
    expect(await listed(`${ENTITY}=${entity}&filter[files][createdAfter]=2017-04-06`)).toEqual([
      'deep',
      'own',
      'twice',
    ]);
    expect(await listed(`${ENTITY}=${entity}&filter[files][createdBefore]=2017-04-06`)).toEqual([]);
  });

  it.each([
    [ENTITY, () => entity, ['outer', 'inner', 'deep', 'own', 'twice']],
    [GROUP, () => group, ['inner', 'deep', 'grouped']],
    ['[files][entityId]', () => entity, ['outer', 'inner', 'deep', 'own', 'twice']],
  ])('repeats %s in the next link, which leads through the list', async (name, value, expected) => {
    for (const limit of [1, 2]) {
      const pages = await api.walk(`/files?${BOTH}&${name}=${value()}&page[limit]=${limit}`);
      expect(pages).toHaveLength(Math.ceil(expected.length / limit));
      expect(namesOf(pages.flatMap(({ data }) => data.map((file) => file.id)))).toEqual(expected);
      const next = new URL(pages[0]?.links.next ?? '', server.url);
      expect(next.searchParams.get(name)).toBe(value());
      expect(next.searchParams.get('page[limit]')).toBe(String(limit));
      expect(next.searchParams.get('filter[files][includedObjects]')).toBe('FILES_AND_FOLDERS');
    }
  });

  it.each([ENTITY, GROUP, '[files][entityId]', '[files][groupId]'])(
    'refuses %s that is no id with 400',
    async (name) => {
      for (const value of ['abc', '', '0', '-1', '1.5', '1,2', '9223372036854775808'])
        for (const path of ['/files', '/archive/files', `/files/${id('own')}`])
          expectRefusal(await api.get(`${path}?${name}=${value}`), 400, { source: { parameter: name } });
      expectRefusal(await api.get(`/files?${name}=1&${name}=2`), 400, { source: { parameter: name } });
    },
  );

  it.each(['filter[files][entity]', '[files][createdAfter]', 'filter[entityId]', 'entityId', '[files][colour]'])(
    'refuses %s, which is not known, with 400',
    async (name) => {
      expectRefusal(await api.get(`/files?${name}=1`), 400, { source: { parameter: name } });
    },
  );
});

describe('Optional parameters of GET /v1/archive/files', () => {
  it('answer what is archived, by its own associations and those of the folders above it', async () => {
    const archive = '/archive/files';
    expect(await listed(`${BOTH}&${ENTITY}=${entity}`, archive)).toEqual(['archived alone', 'gone', 'gone inside']);
    expect(await listed(`${ENTITY}=${entity}`, archive)).toEqual(['archived alone', 'gone inside']);
    expect(await listed(`${GROUP}=${group}`, archive)).toEqual(['gone inside']);
    expect(await listed(`[files][entityId]=${entity}&page[limit]=1`, archive)).toEqual([
      'archived alone',
      'gone inside',
    ]);
    expect(await listed(`${BOTH}&${ENTITY}=${otherEntity}`, archive)).toEqual([]);
  });
});

describe('Optional parameters of GET /v1/files/:id', () => {
  it('are a condition: what does not meet it is not found', async () => {
    for (const name of ['outer', 'inner', 'deep', 'own'])
      expectStatus(await api.get(`/files/${id(name)}?${ENTITY}=${entity}`), 200);
    for (const [name, condition] of [
      ['other', `${ENTITY}=${entity}`],
      ['none', `${ENTITY}=${entity}`],
      ['own', `${GROUP}=${group}`],
      ['own', `${ENTITY}=${UNKNOWN}`],
      ['grouped', `[files][entityId]=${entity}`],
      ['grouped', `${ENTITY}=${entity}&${GROUP}=${group}`],
    ] as const)
      expectRefusal(await api.get(`/files/${id(name)}?${condition}`), 404, { code: 'file_not_found' });
    expectStatus(await api.get(`/files/${id('deep')}?${GROUP}=${group}&${BOTH}`), 200);
  });

  it('are the same for an archived file', async () => {
    expectStatus(await api.get(`/archive/files/${id('gone inside')}?${ENTITY}=${entity}`), 200);
    expectRefusal(await api.get(`/archive/files/${id('gone inside')}?${ENTITY}=${otherEntity}`), 404);
  });
});
