import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { blobsIn } from '../../support/blobs.js';
import { DirectoryApi } from '../../support/directory-api.js';
import {
  dataOf,
  expectRefusal,
  expectStatus,
  type FileResource,
  FilesApi,
  idsIn,
  type Kind,
  type Place,
} from '../../support/files-api.js';
import { filePart } from '../../support/multipart.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

const UNKNOWN = '999999999';
const KINDS: readonly Kind[] = ['groups', 'entities'];
const BOTH = '/files?filter[files][includedObjects]=FILES_AND_FOLDERS';

let server: PorticoServer;
let api: FilesApi;
/** Ids of three groups and three entities, ascending. */
const ids: Record<Kind, string[]> = { groups: [], entities: [] };

beforeAll(async () => {
  server = await PorticoServer.start();
  api = new FilesApi(server.url, server.headers);
  const directory = new DirectoryApi(server.url, server.headers);
  for (let count = 0; count < 3; count++) {
    ids.groups.push((await directory.group(`Group ${count}`)).id);
    ids.entities.push((await directory.entity({ original_name: `Entity ${count}` })).id);
  }
});
afterAll(() => server.dispose());

const some = (kind: Kind, ...which: number[]): string[] => which.map((at) => ids[kind][at] ?? '');
const place = (kind: Kind, ...which: number[]): Place => ({ [kind]: some(kind, ...which) });
const shown = (resource: FileResource): string[][] => [idsIn(resource, 'groups'), idsIn(resource, 'entities')];

describe.each<[string, (place: Place) => PromiseLike<Response>]>([
  ['Create a file', (at) => api.upload('Sample.txt', at)],
  ['Create a folder', (at) => api.postFolder('Test Folder', at)],
])('%s, with groups and entities', (_says, create) => {
  it('answers them, in ascending order, each once', async () => {
    const answer = await create({ groups: some('groups', 2, 0, 2), entities: some('entities', 1) });
    expectStatus(answer, 201);
    expect(shown(dataOf(answer))).toEqual([some('groups', 0, 2), some('entities', 1)]);
    expect(await api.read(dataOf(answer).id)).toEqual(dataOf(answer));
  });

  it('takes empty lists, and none', async () => {
    for (const at of [{}, { groups: [] }, { groups: [], entities: [] }])
      expect(shown(dataOf(await create(at)))).toEqual([[], []]);
  });

  it.each(KINDS)('refuses %s of which one is unknown with 400, and keeps nothing', async (kind) => {
    const before = [await api.ids(BOTH), await blobsIn(server.dataDir)];
    const answer = await create({
      ...place(kind === 'groups' ? 'entities' : 'groups', 0),
      [kind]: [ids[kind][0] ?? '', UNKNOWN],
    });
    expectRefusal(answer, 400, {
      detail: expect.stringContaining(UNKNOWN),
      source: { pointer: expect.stringContaining(`/data/relationships/associated_${kind}/data`) },
    });
    expect([await api.ids(BOTH), await blobsIn(server.dataDir)]).toEqual(before);
  });
});

describe.each<[string, (relationships: unknown) => PromiseLike<Response>]>([
  [
    'Create a file',
    (relationships) => {
      const data = { type: 'files', attributes: { name: 'a.txt' }, relationships };
      return api.send([filePart('a.txt'), { name: 'metadata', content: JSON.stringify({ data }) }]);
    },
  ],
  [
    'Create a folder',
    (relationships) =>
      api.sendData('post', '/files', { type: 'files', attributes: { name: 'a', is_folder: true }, relationships }),
  ],
  [
    'Update a file',
    async (relationships) => {
      const { id } = await api.create('a.txt');
      return api.sendData('patch', `/files/${id}`, { id, type: 'files', relationships });
    },
  ],
])('%s, with relationships that are wrong', (_says, send) => {
  it('answers 409 when a linked resource is of another type', async () => {
    const answer = await send({ associated_groups: { data: [{ type: 'entities', id: ids.entities[0] }] } });
    expectRefusal(answer, 409, { source: { pointer: '/data/relationships/associated_groups/data/0/type' } });
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['null', null],
    ['an unknown relationship', { associated_contacts: { data: [] } }],
    ['a relationship without data', { associated_groups: {} }],
    ['data that are null', { associated_groups: { data: null } }],
    ['data that are one resource', { associated_groups: { data: { type: 'groups', id: '1' } } }],
    ['an id that is none', { associated_entities: { data: [{ type: 'entities', id: 'abc' }] } }],
    ['a resource without an id', { associated_entities: { data: [{ type: 'entities' }] } }],
    ['a member that is not known', { associated_entities: { data: [], colour: 'red' } }],
  ])('refuses %s with 400', async (_what, relationships) => {
    expectRefusal(await send(relationships), 400);
  });
});

describe('Update a file, with relationships', () => {
  let file: FileResource;
  beforeEach(async () => {
    file = await api.createIn({ groups: some('groups', 0), entities: some('entities', 0) }, 'Sample.txt');
  });

  it('replaces the kinds that are given and leaves the others', async () => {
    const answer = await api.relate(file.id, place('groups', 1, 2));
    expectStatus(answer, 200);
    expect(shown(dataOf(answer))).toEqual([some('groups', 1, 2), some('entities', 0)]);
    expect(shown(dataOf(await api.relate(file.id, place('entities'))))).toEqual([some('groups', 1, 2), []]);
    expect(shown(dataOf(await api.relate(file.id, { groups: [], entities: some('entities', 2) })))).toEqual([
      [],
      some('entities', 2),
    ]);
  });

  it('renames, moves and relates in one request: all of it or nothing', async () => {
    const folder = await api.createFolder('Folder');
    const change = (entity: string) =>
      api.sendData('patch', `/files/${file.id}`, {
        id: file.id,
        type: 'files',
        attributes: { name: 'Renamed.txt', parent_folder_id: folder.id },
        relationships: { associated_entities: { data: [{ type: 'entities', id: entity }] } },
      });
    expectRefusal(await change(UNKNOWN), 400);
    expect(await api.read(file.id)).toEqual(file);
    const changed = dataOf(await change(ids.entities[1] ?? ''));
    expect(changed.attributes).toMatchObject({ name: 'Renamed.txt', parent_folder_id: Number(folder.id) });
    expect(shown(changed)).toEqual([some('groups', 0), some('entities', 1)]);
  });

  it('refuses a list with an unknown id with 400, and changes nothing of either', async () => {
    const answer = await api.relate(file.id, {
      groups: some('groups', 1),
      entities: [...some('entities', 1), UNKNOWN],
    });
    expectRefusal(answer, 400, {
      source: { pointer: expect.stringContaining('/data/relationships/associated_entities/data') },
    });
    expect(await api.read(file.id)).toEqual(file);
  });
});

describe.each(KINDS)('Inherited %s', (kind) => {
  let folder: FileResource;
  let inner: FileResource;
  let file: FileResource;
  beforeEach(async () => {
    folder = await api.createFolder('Outer', place(kind, 1));
    inner = await api.createFolder('Inner', { parent: folder.id });
    file = await api.createIn({ parent: inner.id, ...place(kind, 0) }, 'Sample.txt');
  });
  const linked = (): Promise<string[]> => api.linked(file.id, kind);
  const expectNamed = (answer: Response): void => {
    expectRefusal(answer, 400, { detail: expect.stringContaining(folder.id) });
    expect(answer.text).toContain('Outer');
  };

  it('are shown with the own ones, in ascending order, everywhere', async () => {
    expect(idsIn(file, kind)).toEqual(some(kind, 0, 1));
    expect(await linked()).toEqual(some(kind, 0, 1));
    expect(await api.linked(inner.id, kind)).toEqual(some(kind, 1));
    const related = await api.get(`/files/${file.id}/associated_${kind}`);
    expect((related.body as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(some(kind, 0, 1));
    const listed = (await api.walk('/files')).flatMap(({ data }) => data).find(({ id }) => id === file.id);
    expect(listed).toEqual(file);
  });

  it('appear and go with those of the folder', async () => {
    await api.link('post', inner.id, kind, some(kind, 2));
    expect(await linked()).toEqual(ids[kind]);
    await api.link('patch', folder.id, kind, []);
    expect(await linked()).toEqual(some(kind, 0, 2));
  });

  it('appear and go with a move, which leaves the own ones', async () => {
    expect(idsIn(dataOf(await api.move(file.id, 0)), kind)).toEqual(some(kind, 0));
    expect(idsIn(dataOf(await api.move(file.id, folder.id)), kind)).toEqual(some(kind, 0, 1));
    expectStatus(await api.move(inner.id, 0), 200);
    expect(await api.linked(inner.id, kind)).toEqual([]);
  });

  it('are not removed from what inherits them: 400 that names the folder, and nothing is', async () => {
    for (const list of [some(kind, 1), some(kind, 0, 1)]) expectNamed(await api.link('delete', file.id, kind, list));
    expect(await linked()).toEqual(some(kind, 0, 1));
  });

  it('must be in a list that replaces: else 400 that names the folder, and nothing is replaced', async () => {
    for (const list of [[], some(kind, 0), some(kind, 2)]) {
      expectNamed(await api.link('patch', file.id, kind, list));
      expectNamed(await api.relate(file.id, { [kind]: list }));
    }
    expect(await linked()).toEqual(some(kind, 0, 1));
  });

  it('stay when a list that replaces holds them, and own ones that are not in it go', async () => {
    expectStatus(await api.link('patch', file.id, kind, some(kind, 1, 2)), 204);
    expect(await linked()).toEqual(some(kind, 1, 2));
    expect(idsIn(dataOf(await api.relate(file.id, place(kind, 1))), kind)).toEqual(some(kind, 1));
    expectStatus(await api.move(file.id, 0), 200);
    expect(await linked()).toEqual([]);
  });

  it('may be own ones as well: then the own one can be removed, and the inherited one is still shown', async () => {
    expectStatus(await api.link('post', file.id, kind, some(kind, 1)), 204);
    expectStatus(await api.link('delete', file.id, kind, some(kind, 1)), 204);
    expect(await linked()).toEqual(some(kind, 0, 1));
    expectStatus(await api.link('post', file.id, kind, some(kind, 1)), 204);
    expectStatus(await api.move(file.id, 0), 200);
    expect(await linked()).toEqual(some(kind, 0, 1));
  });

  it('are what they were after archiving and restoring the folder', async () => {
    await api.archive(folder.id);
    expect(idsIn(await api.read(file.id, '/archive/files'), kind)).toEqual(some(kind, 0, 1));
    expect(await api.linked(file.id, kind, '/archive/files')).toEqual(some(kind, 0, 1));
    expectStatus(await api.restore(folder.id), 200);
    expect(await api.read(file.id)).toEqual(file);
  });
});
