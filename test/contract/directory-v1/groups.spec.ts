import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi, type DirectoryResource, entities, resourceOf } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, INSTANT, JSON_API } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let api: DirectoryApi;
let first: string;
let second: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new DirectoryApi(server.url, server.headers);
  first = (await api.entity({ original_name: 'First' })).id;
  second = (await api.entity({ original_name: 'Second' })).id;
});
afterAll(() => server.dispose());

const stored = async (id: string): Promise<DirectoryResource> => resourceOf(await api.get(`/groups/${id}`));
const create = (data: object) => api.send('post', '/groups', { type: 'groups', ...data });
const withMembers = (data: unknown) => ({ relationships: { members: { data } } });

describe('Create a group', () => {
  it('answers 201 with the resource, its members in ascending order, and where it is', async () => {
    const attributes = { name: 'Familie Mu\u0308ller 📁' };
    const answer = await create({ attributes, ...withMembers(entities(second, Number(first), second)) });
    expectStatus(answer, 201);
    const { id } = resourceOf(answer);
    expect(answer.headers).toMatchObject({ 'content-type': JSON_API, location: `/api/v1/groups/${id}` });
    const self = `/v1/groups/${id}`;
    expect(answer.body).toEqual({
      data: {
        id: expect.stringMatching(/^[1-9]\d*$/),
        type: 'groups',
        attributes: {
          name: 'Familie Müller 📁',
          created_at: expect.stringMatching(INSTANT),
          modified_at: expect.stringMatching(INSTANT),
        },
        relationships: {
          members: {
            links: { self: `${self}/relationships/members`, related: `${self}/members` },
            data: entities(first, second),
          },
        },
        links: { self },
      },
    });
    expect(await stored(id)).toEqual(resourceOf(answer));
  });

  it('needs no members', async () => {
    for (const data of [{}, { relationships: {} }, withMembers([])]) {
      const answer = await create({ attributes: { name: 'Empty' }, ...data });
      expectStatus(answer, 201);
      expect(resourceOf(answer).relationships?.members.data).toEqual([]);
    }
  });

  const members = '/data/relationships/members/data';
  it.each<[string, object, number, object]>([
    ['no attributes', {}, 400, { source: { pointer: '/data/attributes' } }],
    ['no name', { attributes: {} }, 400, { source: { pointer: '/data/attributes/name' } }],
    ['a name that is null', { attributes: { name: null } }, 400, { source: { pointer: '/data/attributes/name' } }],
    ['an empty name', { attributes: { name: ' ' } }, 400, { source: { pointer: '/data/attributes/name' } }],
    [
      'a name too long',
      { attributes: { name: 'a'.repeat(256) } },
      400,
      { source: { pointer: '/data/attributes/name' } },
    ],
    ['an attribute too much', { attributes: { name: 'x', created_at: 'x' } }, 400, { code: 'unknown_member' }],
    ['an external id', { attributes: { name: 'x', external_id: 'x' } }, 400, { code: 'unknown_member' }],
    ['an id of the caller', { id: '7', attributes: { name: 'x' } }, 400, { source: { pointer: '/data/id' } }],
    ['another type', { type: 'entities', attributes: { name: 'x' } }, 409, { source: { pointer: '/data/type' } }],
    [
      'members that are no list',
      { attributes: { name: 'x' }, ...withMembers({}) },
      400,
      { source: { pointer: members } },
    ],
    [
      'members that are null',
      { attributes: { name: 'x' }, ...withMembers(null) },
      400,
      { source: { pointer: members } },
    ],
    [
      'a member that is no entity',
      { attributes: { name: 'x' }, ...withMembers([{ type: 'groups', id: '1' }]) },
      409,
      { code: 'type_mismatch', source: { pointer: `${members}/0/type` } },
    ],
    [
      'a member without an id',
      { attributes: { name: 'x' }, ...withMembers([{ type: 'entities' }]) },
      400,
      { source: { pointer: `${members}/0/id` } },
    ],
    [
      'unknown members',
      { attributes: { name: 'x' }, ...withMembers(entities('999999998', '999999999')) },
      400,
      { code: 'unknown_entities', source: { pointer: `${members}/0/id` } },
    ],
    [
      'another relationship',
      { attributes: { name: 'x' }, relationships: { child_groups: { data: [] } } },
      400,
      { source: { pointer: '/data/relationships/child_groups' } },
    ],
  ])('refuses %s, and makes no group', async (_says, data, status, fault) => {
    const before = await api.ids('/groups');
    expectRefusal(await create(data), status, fault);
    expect(await api.ids('/groups')).toEqual(before);
  });
});

describe('Get a group', () => {
  it('is served under both prefixes, with and without a trailing slash', async () => {
    const group = await api.group('Smith', [first]);
    for (const base of ['/api/v1', '/v1'])
      for (const slash of ['', '/']) {
        const answer = await new DirectoryApi(server.url, server.headers, base).get(`/groups/${group.id}${slash}`);
        expectStatus(answer, 200);
        expect(answer.body).toEqual({ data: group });
      }
  });

  it.each(['999999999', '9223372036854775808', '0', 'abc', '01'])('does not find %s', async (id) => {
    for (const answer of [
      await api.get(`/groups/${id}`),
      await api.delete(`/groups/${id}`),
      await api.get(`/groups/${id}/members`),
      await api.get(`/groups/${id}/relationships/members`),
      await api.send('post', `/groups/${id}/relationships/members`, entities(first)),
    ])
      expectRefusal(answer, 404, { code: 'group_not_found' });
  });

  it('refuses include with 400', async () => {
    const { id } = await api.group();
    expectRefusal(await api.get(`/groups/${id}?include=members`), 400, { source: { parameter: 'include' } });
  });
});

describe('Update a group', () => {
  const update = (id: string, data: object) => api.send('patch', `/groups/${id}`, { id, type: 'groups', ...data });

  it('changes the name and leaves the members, or replaces the members and leaves the name, or both', async () => {
    const { id } = await api.group('Old', [first]);
    const named = await update(id, { attributes: { name: 'New' } });
    expectStatus(named, 200);
    expect(resourceOf(named)).toMatchObject({
      attributes: { name: 'New' },
      relationships: { members: { data: entities(first) } },
    });
    const moved = resourceOf(await update(id, withMembers(entities(second))));
    expect(moved).toMatchObject({
      attributes: { name: 'New' },
      relationships: { members: { data: entities(second) } },
    });
    const both = resourceOf(await update(id, { attributes: { name: 'Newer' }, ...withMembers([]) }));
    expect(both).toMatchObject({ attributes: { name: 'Newer' }, relationships: { members: { data: [] } } });
    expect(await stored(id)).toEqual(both);
  });

  it('moves modified_at, but only when something changed', async () => {
    const group = await api.group('Same', [first, second]);
    await until('another second', async () => {
      const other = await api.group();
      return other.attributes.created_at !== group.attributes.created_at;
    });
    for (const data of [
      {},
      { attributes: {} },
      { attributes: { name: 'Same' }, ...withMembers(entities(second, first)) },
    ])
      expect(resourceOf(await update(group.id, data))).toEqual(group);
    const changed = resourceOf(await update(group.id, withMembers(entities(first))));
    expect((changed.attributes.modified_at ?? '') > (group.attributes.modified_at ?? '')).toBe(true);
    expect(changed.attributes.created_at).toBe(group.attributes.created_at);
  });

  it('changes nothing when one of the members is unknown, not the name either', async () => {
    const group = await api.group('Old', [first]);
    const data = { attributes: { name: 'New' }, ...withMembers(entities(second, '999999999')) };
    const pointer = '/data/relationships/members/data/1/id';
    expectRefusal(await update(group.id, data), 400, { code: 'unknown_entities', source: { pointer } });
    expect(await stored(group.id)).toEqual(group);
  });

  it.each<[string, object, number, object]>([
    ['modified_at', { attributes: { modified_at: 'x' } }, 400, { source: { pointer: '/data/attributes/modified_at' } }],
    ['a name that is null', { attributes: { name: null } }, 400, { source: { pointer: '/data/attributes/name' } }],
    ['another type', { type: 'entities' }, 409, { source: { pointer: '/data/type' } }],
    ['another id', { id: '999999999' }, 409, { source: { pointer: '/data/id' } }],
    ['no id', { id: undefined }, 400, { source: { pointer: '/data/id' } }],
  ])('refuses %s', async (_says, data, status, fault) => {
    const group = await api.group();
    expectRefusal(await update(group.id, data), status, fault);
    expect(await stored(group.id)).toEqual(group);
  });
});

describe('Get all groups', () => {
  it('answers the same resources as the single reads, page by page, and refuses unknown parameters', async () => {
    const { firmId, apiKey } = await new Operator(server).firm('Firm with groups');
    const firm = new DirectoryApi(server.url, keyHeaders(apiKey, firmId));
    expect((await firm.get('/groups')).body).toEqual({ data: [], links: { next: null } });
    const member = (await firm.entity()).id;
    const all: DirectoryResource[] = [];
    for (const members of [[], [member], [], [member], [member]]) all.push(await firm.group('G', members));
    expect((await firm.get('/groups')).body).toEqual({ data: all, links: { next: null } });
    for (const limit of [1, 2, 4, 5, 6])
      expect(await firm.ids(`/groups?page[limit]=${limit}`)).toEqual(all.map(({ id }) => id));
    const page = (await firm.get('/groups?page[limit]=2')).body as { links: { next: string } };
    expect(page.links.next).toBe(`/v1/groups?page[limit]=2&page[after]=${all[1]?.id}`);
    for (const name of ['include', 'filter[groups][name]', 'sort'])
      expectRefusal(await firm.get(`/groups?${name}=x`), 400, { source: { parameter: name } });
  });
});

describe('Delete a group', () => {
  it('answers 204, once; its members stay', async () => {
    const { id } = await api.group('Gone', [first, second]);
    const answer = await api.delete(`/groups/${id}`);
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    for (const again of [await api.get(`/groups/${id}`), await api.delete(`/groups/${id}`)])
      expectRefusal(again, 404, { code: 'group_not_found' });
    for (const entity of [first, second]) expectStatus(await api.get(`/entities/${entity}`), 200);
  });
});

describe('Who may', () => {
  it.each([
    [['GROUPS'], 200, 403],
    [['GROUPS_WRITE'], 200, 201],
    [['ENTITIES_WRITE'], 403, 403],
  ])('a token with %j', async (scopes, reads, writes) => {
    const operator = new Operator(server);
    const client = await operator.oauthClient(await operator.user({ permissions: ['firm_admin'] }), scopes);
    const bearer = new DirectoryApi(server.url, { Authorization: `Bearer ${await operator.token(client)}` });
    const { id } = await api.group();
    for (const path of ['/groups', `/groups/${id}/members`, `/groups/${id}/relationships/members`])
      expect((await bearer.get(path)).status).toBe(reads);
    const answer = await bearer.send('post', '/groups', { type: 'groups', attributes: { name: 'x' } });
    expect(answer.status).toBe(writes);
  });

  it('a user without groups_manage reads only', async () => {
    const { id } = await api.group();
    const permissions = ['api_access', 'entities_manage'];
    const { headers } = await new Operator(server).apiOf({ permissions, allData: true });
    const reader = new DirectoryApi(server.url, headers);
    expectStatus(await reader.get(`/groups/${id}`), 200);
    for (const answer of [
      await reader.change('groups', id, { name: 'x' }),
      await reader.delete(`/groups/${id}`),
      await reader.send('post', `/groups/${id}/relationships/members`, entities(first)),
    ])
      expectRefusal(answer, 403, { code: 'missing_permission' });
  });
});
