import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi, type DirectoryResource, entities, resourceOf } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, JSON_API } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(60_000);

let server: Portico;
let api: DirectoryApi;
const all: DirectoryResource[] = [];
let group: DirectoryResource;
let path: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new DirectoryApi(server.url, server.headers);
  for (let at = 0; at < 5; at++) all.push(await api.entity({ original_name: `Entity ${at}` }));
});
afterAll(() => server.dispose());
beforeEach(async () => {
  group = await api.group('Two', [id(0), id(1)]);
  path = `/groups/${group.id}/relationships/members`;
});

const id = (at: number): string => all[at]?.id ?? '';
const members = (): Promise<string[]> => api.members(group.id);

describe('Get the members relationship of a group', () => {
  it('answers the linkage', async () => {
    const answer = await api.get(path);
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe(JSON_API);
    expect(answer.body).toEqual({
      links: { self: `/v1${path}`, related: `/v1/groups/${group.id}/members`, next: null },
      data: entities(id(0), id(1)),
    });
    expectRefusal(await api.get(`${path}?include=members`), 400, { source: { parameter: 'include' } });
  });

  it('answers it page by page', async () => {
    await api.send('patch', path, entities(...all.map((entity) => entity.id)));
    const next = `/v1${path}?page[limit]=2&page[after]=${id(1)}`;
    expect((await api.get(`${path}?page[limit]=2`)).body).toMatchObject({ links: { next } });
    expect(await api.pages(`${path}?page[limit]=2`)).toEqual([[id(0), id(1)], [id(2), id(3)], [id(4)]]);
    expectRefusal(await api.get(`${path}?page[limit]=0`), 400, { source: { parameter: 'page[limit]' } });
    expectRefusal(await api.get('/groups/999999/relationships/members'), 404, { code: 'group_not_found' });
  });
});

describe('Get the members of a group', () => {
  it('answers the full resources, page by page', async () => {
    const related = `/groups/${group.id}/members`;
    expect((await api.get(related)).body).toEqual({ data: all.slice(0, 2), links: { next: null } });
    await api.send('patch', path, entities(...all.map((entity) => entity.id)));
    const page = await api.get(`${related}?page[limit]=2&page[after]=${id(0)}`);
    expect(page.body).toEqual({
      data: all.slice(1, 3),
      links: { next: `/v1${related}?page[limit]=2&page[after]=${id(2)}` },
    });
    expect(await api.pages(`${related}?page[limit]=2`)).toEqual([[id(0), id(1)], [id(2), id(3)], [id(4)]]);
    await api.send('patch', path, []);
    expect((await api.get(related)).body).toEqual({ data: [], links: { next: null } });
    expectRefusal(await api.get(`${related}?include=x`), 400, { source: { parameter: 'include' } });
    expectRefusal(await api.get(`${related}?page[limit]=0`), 400, { source: { parameter: 'page[limit]' } });
  });
});

describe('A group with many members', () => {
  const groupOf = async (count: number) => {
    const made = await api.group('Many');
    await sqlOn(
      server,
      `with made as (
         insert into entities (firm_id, original_name, model_type, created_at, modified_at)
         select firm_id, 'Many', 'TRUST', now(), now() from groups, generate_series(1, $2) where id = $1
         returning firm_id, id)
       insert into group_members (firm_id, group_id, entity_id) select firm_id, $1, id from made`,
      [made.id, count],
    );
    return made.id;
  };
  const shown = async (from: string, of: string): Promise<unknown> => {
    const { data } = (await api.get(from)).body as { data: DirectoryResource | DirectoryResource[] };
    return [data].flat().find((one) => one.id === of)?.relationships?.members;
  };

  it('is shown without them: more than 1,000, in lists more than 100', async () => {
    const cases = [
      [100, 100, 100],
      [101, 101, null],
      [1000, 1000, null],
      [1001, null, null],
    ] as const;
    for (const [count, read, listed] of cases) {
      const many = await groupOf(count);
      const self = `/v1/groups/${many}`;
      const links = { self: `${self}/relationships/members`, related: `${self}/members` };
      const data = (await api.ids(`/groups/${many}/members?page[limit]=700`)).map((one) => ({
        type: 'entities',
        id: one,
      }));
      expect(data).toHaveLength(count);
      expect(await shown(`/groups/${many}`, many)).toEqual(read === null ? { links } : { links, data });
      const list = `/groups?page[after]=${BigInt(many) - 1n}`;
      expect(await shown(list, many)).toEqual(listed === null ? { links } : { links, data });
      expect(await api.ids(`/groups/${many}/relationships/members?page[limit]=700`)).toEqual(data.map((one) => one.id));
    }
  });

  it('can not be sent back as if it had none', async () => {
    const many = await groupOf(1001);
    const { relationships } = resourceOf(await api.get(`/groups/${many}`));
    const answer = await api.send('patch', `/groups/${many}`, { id: many, type: 'groups', relationships });
    expectRefusal(answer, 400, { source: { pointer: '/data/relationships/members/data' } });
  });
});

describe.each([
  ['post', 'Add members to a group', () => [id(0), id(1), id(2)]],
  ['patch', 'Replace the members of a group', () => [id(1), id(2)]],
  ['delete', 'Remove members from a group', () => [id(0)]],
] as const)('%s: %s', (method, _title, then) => {
  it('answers 204 without a body; doing it again is no error', async () => {
    for (const data of [entities(id(1), id(2)), entities(Number(id(2)), id(1), id(2))]) {
      const answer = await api.send(method, path, data);
      expectStatus(answer, 204);
      expect(answer.text).toBe('');
      expect(await members()).toEqual(then());
    }
    expect(await api.ids(`/groups/${group.id}/members`)).toEqual(then());
    expect(resourceOf(await api.get(`/groups/${group.id}`)).relationships?.members.data).toEqual(entities(...then()));
  });

  it('takes an empty list', async () => {
    expectStatus(await api.send(method, path, []), 204);
    expect(await members()).toEqual(method === 'patch' ? [] : [id(0), id(1)]);
  });

  it.each(['999999999', '9223372036854775807'])(
    'refuses the whole list when %s, which is unknown, is in it, and names it',
    async (unknown) => {
      const answer = await api.send(method, path, entities(id(1), id(2), unknown, '999999998', unknown));
      expectRefusal(answer, 400, {
        code: 'unknown_entities',
        detail: expect.stringContaining(`${unknown}, 999999998`),
        source: { pointer: '/data/2/id' },
      });
      expect(await members()).toEqual([id(0), id(1)]);
    },
  );

  it('answers 409 when something in it is no entity, even if its id is one', async () => {
    const data = [...entities(id(2)), { type: 'groups', id: id(1) }];
    expectRefusal(await api.send(method, path, data), 409, {
      code: 'type_mismatch',
      source: { pointer: '/data/1/type' },
    });
    expect(await members()).toEqual([id(0), id(1)]);
  });

  it.each<[string, string, object]>([
    ['no body', '', {}],
    ['no data', '{}', { source: { pointer: '/data' } }],
    ['data that is null', '{"data":null}', { source: { pointer: '/data' } }],
    ['data that is one resource', '{"data":{"type":"entities","id":"1"}}', { source: { pointer: '/data' } }],
    ['an item that is an id', '{"data":["1"]}', {}],
    ['an item without a type', '{"data":[{"id":"1"}]}', { source: { pointer: '/data/0/type' } }],
    ['an item without an id', '{"data":[{"type":"entities"}]}', { source: { pointer: '/data/0/id' } }],
    ['an id that is none', '{"data":[{"type":"entities","id":"x"}]}', { source: { pointer: '/data/0/id' } }],
    ['an id of 0', '{"data":[{"type":"entities","id":0}]}', { source: { pointer: '/data/0/id' } }],
    ['an item with attributes', '{"data":[{"type":"entities","id":"1","attributes":{}}]}', { code: 'unknown_member' }],
    ['a member beside data', '{"data":[],"meta":{}}', { source: { pointer: '/meta' } }],
    ['malformed JSON', '{"data":[', { code: 'invalid_json' }],
  ])('refuses %s with 400', async (_says, body, fault) => {
    expectRefusal(await api.sendRaw(method, path, body), 400, fault);
    expect(await members()).toEqual([id(0), id(1)]);
  });

  it('refuses another media type with 415', async () => {
    expectRefusal(await api.send(method, path, entities(id(2)), 'text/plain'), 415);
    expect(await members()).toEqual([id(0), id(1)]);
  });
});

describe('Changes of members at once', () => {
  it('lose none that was added', async () => {
    const answers = await Promise.all(all.map((entity) => api.send('post', path, entities(entity.id))));
    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 204));
    expect(await members()).toEqual(all.map((entity) => entity.id));
  });

  it('leave one of two lists that replace them, whole', async () => {
    const lists = [
      [id(0), id(1), id(2)],
      [id(3), id(4)],
    ];
    for (let round = 0; round < 5; round++) {
      await Promise.all(lists.map((list) => api.send('patch', path, entities(...list))));
      expect(lists).toContainEqual(await members());
    }
  });

  it('with a deletion of the member: it is gone, and so is its membership', async () => {
    for (let round = 0; round < 5; round++) {
      const { id: gone } = await api.entity();
      const [added, deleted] = await Promise.all([
        api.send('post', path, entities(id(0), gone)),
        api.delete(`/entities/${gone}`),
      ]);
      expect([204, 400]).toContain(added.status);
      expectStatus(deleted, 204);
      expect(await members()).toEqual([id(0), id(1)]);
    }
  });
});
