import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi } from '../../support/directory-api.js';
import {
  expectRefusal,
  expectStatus,
  type FileResource,
  FilesApi,
  JSON_API,
  type Kind,
  linkedTo,
} from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const UNKNOWN = '999999999';
const KINDS: readonly Kind[] = ['groups', 'entities'];
const METHODS = ['post', 'patch', 'delete'] as const;

let server: Portico;
let api: FilesApi;
/** Ids of three groups and three entities, ascending. */
const ids: Record<Kind, string[]> = { groups: [], entities: [] };
let folder: FileResource;
let file: FileResource;
/** In `folder`. */
let inner: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  const directory = new DirectoryApi(server.url, server.headers);
  for (let count = 0; count < 3; count++) {
    ids.groups.push((await directory.group(`Group ${count}`)).id);
    ids.entities.push((await directory.entity({ original_name: `Entity ${count}` })).id);
  }
});
afterAll(() => server.dispose());
beforeEach(async () => {
  folder = await api.createFolder('Folder');
  file = await api.create('Sample.txt');
  inner = await api.createIn({ parent: folder.id }, 'inner.txt');
});

const some = (kind: Kind, ...which: number[]): string[] => which.map((at) => ids[kind][at] ?? '');
const other = (kind: Kind): Kind => (kind === 'groups' ? 'entities' : 'groups');
const route = (id: string, kind: Kind): string => `/files/${id}/relationships/associated_${kind}`;

describe.each(KINDS)('Get all %s associated with a file', (kind) => {
  it('answers the example of the seed, in ascending order of the ids', async () => {
    await api.link('post', file.id, kind, some(kind, 2, 0));
    const answer = await api.get(route(file.id, kind));
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe(JSON_API);
    const self = `/v1/files/${file.id}`;
    expect(answer.body).toEqual({
      links: { self: `${self}/relationships/associated_${kind}`, related: `${self}/associated_${kind}` },
      data: linkedTo(kind, some(kind, 0, 2)),
    });
    expect((await api.read(file.id)).relationships[`associated_${kind}`]).toEqual(answer.body);
  });

  it.each(['/api/v1', '/v1'])('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    for (const path of [route(file.id, kind), `/files/${file.id}/associated_${kind}`])
      for (const slash of ['', '/']) expectStatus(await there.get(path + slash), 200);
  });

  it('answers the full resources where the related link leads, as the resources themselves do', async () => {
    await api.link('post', file.id, kind, some(kind, 0, 1));
    const answer = await api.get(`/files/${file.id}/associated_${kind}`);
    expectStatus(answer, 200);
    const { data, links } = answer.body as { data: object[]; links: object };
    expect(links).toEqual({ next: null });
    const single = async (id: string) => ((await api.get(`/${kind}/${id}`)).body as { data: object }).data;
    expect(data).toEqual([await single(some(kind, 0)[0] ?? ''), await single(some(kind, 1)[0] ?? '')]);
  });

  it('pages the full resources, with a next link that leads through all of them', async () => {
    await api.link('post', file.id, kind, ids[kind]);
    const path = `/files/${file.id}/associated_${kind}?page[limit]=2`;
    const pages = await api.walk(path);
    expect(pages.map(({ data }) => data.map(({ id }) => id))).toEqual([some(kind, 0, 1), some(kind, 2)]);
    expect(pages[0]?.links.next).toBe(`/v1${path}&page[after]=${ids[kind][1]}`);
  });

  it('refuses an unknown parameter with 400', async () => {
    for (const path of [route(file.id, kind), `/files/${file.id}/associated_${kind}`])
      for (const name of ['include', 'filter[files][createdAfter]', 'x'])
        expectRefusal(await api.get(`${path}?${name}=2017-04-06`), 400, { source: { parameter: name } });
  });

  it('does not find an unknown or archived file', async () => {
    await api.archive(file.id);
    for (const id of [UNKNOWN, file.id, 'abc'])
      for (const path of [route(id, kind), `/files/${id}/associated_${kind}`])
        expectRefusal(await api.get(path), 404, { code: 'file_not_found' });
  });

  it('is served below the archive for an archived file, reading only, and there alone', async () => {
    await api.link('post', file.id, kind, some(kind, 1));
    const path = `/archive/files/${file.id}/relationships/associated_${kind}`;
    expectRefusal(await api.get(path), 404, { code: 'archived_file_not_found' });
    await api.archive(file.id);
    const self = `/v1/archive/files/${file.id}`;
    expect((await api.get(path)).body).toEqual({
      links: { self: `${self}/relationships/associated_${kind}`, related: `${self}/associated_${kind}` },
      data: linkedTo(kind, some(kind, 1)),
    });
    const related = await api.get(`/archive/files/${file.id}/associated_${kind}`);
    expect((related.body as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(some(kind, 1));
    for (const method of METHODS) expectRefusal(await api.sendData(method, path, []), 405);
  });
});

describe.each(KINDS)('Associate %s with a file', (kind) => {
  it('answers the example of the seed: 204, added to what there was', async () => {
    await api.link('post', file.id, kind, some(kind, 1));
    const answer = await api.link('post', file.id, kind, some(kind, 0, 2));
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    expect(await api.linked(file.id, kind)).toEqual(ids[kind]);
    expect(await api.linked(file.id, other(kind))).toEqual([]);
  });

  it('takes ids as numbers, a folder, no ids at all, and an id twice or again without an error', async () => {
    const given = some(kind, 0, 1).map(Number);
    for (const list of [given, given, [], [...given, ...given]])
      expectStatus(await api.link('post', folder.id, kind, list), 204);
    expect(await api.linked(folder.id, kind)).toEqual(some(kind, 0, 1));
  });

  it('loses none when many are added at once', async () => {
    const answers = await Promise.all([0, 1, 2, 0, 1, 2].map((at) => api.link('post', file.id, kind, some(kind, at))));
    for (const answer of answers) expectStatus(answer, 204);
    expect(await api.linked(file.id, kind)).toEqual(ids[kind]);
  });
});

describe.each(KINDS)('Replace %s associated with a file', (kind) => {
  it('answers the example of the seed: 204, and nothing of what there was', async () => {
    await api.link('post', file.id, kind, some(kind, 0, 1));
    await api.link('post', file.id, other(kind), some(other(kind), 0));
    expectStatus(await api.link('patch', file.id, kind, some(kind, 1, 2)), 204);
    expect(await api.linked(file.id, kind)).toEqual(some(kind, 1, 2));
    expectStatus(await api.link('patch', file.id, kind, []), 204);
    expect(await api.linked(file.id, kind)).toEqual([]);
    expect(await api.linked(file.id, other(kind))).toEqual(some(other(kind), 0));
  });
});

describe.each(KINDS)('Remove %s associated with a file', (kind) => {
  it('answers the example of the seed: 204, and removes these alone', async () => {
    await api.link('post', file.id, kind, ids[kind]);
    const answer = await api.link('delete', file.id, kind, some(kind, 0, 2));
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    expect(await api.linked(file.id, kind)).toEqual(some(kind, 1));
  });

  it('takes one that is not associated for removed', async () => {
    await api.link('post', file.id, kind, some(kind, 0));
    expectStatus(await api.link('delete', file.id, kind, some(kind, 1)), 204);
    expect(await api.linked(file.id, kind)).toEqual(some(kind, 0));
  });
});

describe.each(KINDS.flatMap((kind) => METHODS.map((method) => [method, kind] as const)))(
  'A list of associations that is wrong (%s, %s)',
  (method, kind) => {
    beforeEach(async () => {
      expectStatus(await api.link('post', file.id, kind, some(kind, 0)), 204);
    });
    const unchanged = async () => expect(await api.linked(file.id, kind)).toEqual(some(kind, 0));

    it('is refused whole with 400 when one of its ids is unknown', async () => {
      for (const unknown of [UNKNOWN, '9223372036854775807', ids[other(kind)].at(-1) + '000'])
        expectRefusal(await api.link(method, file.id, kind, [...some(kind, 0, 1), unknown]), 400, {
          detail: expect.stringContaining(unknown),
        });
      await unchanged();
    });

    it('is refused with 409 when one is of another type', async () => {
      for (const type of [other(kind), 'files', kind.toUpperCase()]) {
        const list = [...linkedTo(kind, some(kind, 1)), { type, id: ids[other(kind)][0] }];
        expectRefusal(await api.sendData(method, route(file.id, kind), list), 409, {
          source: { pointer: '/data/1/type' },
        });
      }
      await unchanged();
    });

    it('is refused with 400 when it is malformed', async () => {
      for (const data of [undefined, null, {}, 'x', ['1'], [1], [null], [[]], [{}], { type: kind, id: '1' }])
        expectRefusal(await api.sendData(method, route(file.id, kind), data), 400);
      expectRefusal(await api.sendData(method, route(file.id, kind), [{ type: kind, id: ids[kind][1], x: 1 }]), 400);
      await unchanged();
    });

    it('is refused with 400 when what it names is no id', async () => {
      for (const id of ['abc', '', -1, 0, 1.5, null, true, ['1'], '1 ', '9'.repeat(19), '9'.repeat(40)])
        expectRefusal(await api.sendData(method, route(file.id, kind), [{ type: kind, id }]), 400);
      await unchanged();
    });

    it('does not find an unknown or archived file, whatever the list says', async () => {
      await api.archive(inner.id);
      for (const id of [UNKNOWN, inner.id])
        for (const list of [some(kind, 1), [UNKNOWN]])
          expectRefusal(await api.link(method, id, kind, list), 404, { code: 'file_not_found' });
    });
  },
);
