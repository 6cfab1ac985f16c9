import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import {
  DirectoryApi,
  type DirectoryResource,
  entities,
  resourceOf,
  restrictedApi,
} from '../../support/directory-api.js';
import { expectRefusal, expectStatus } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const UNKNOWN = '999999999';
let server: Portico;
let owner: DirectoryApi;
let stranger: DirectoryApi;
let colleague: DirectoryApi;
let entity: DirectoryResource;
let group: DirectoryResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  owner = new DirectoryApi(server.url, server.headers);
  entity = await owner.entity({ external_id: 'secret' });
  group = await owner.group('Secret', [entity.id]);
  const other = await new Operator(server).firm('Other Firm');
  stranger = new DirectoryApi(server.url, keyHeaders(other.apiKey, other.firmId));
  colleague = await restrictedApi(server);
});
afterAll(() => server.dispose());

const attributes = { name: 'x' };
type Route = [string, (api: DirectoryApi, id: string) => Promise<Response>];
const ofEntities: Route[] = [
  ['Get an entity', (api, id) => api.get(`/entities/${id}`)],
  ['Update an entity', (api, id) => api.change('entities', id, { original_name: 'x' })],
  ['Delete an entity', (api, id) => api.delete(`/entities/${id}`)],
  [
    'Create a group with it',
    (api, id) =>
      api.send('post', '/groups', { type: 'groups', attributes, relationships: { members: { data: entities(id) } } }),
  ],
];
const ofGroups: Route[] = [
  ['Get a group', (api, id) => api.get(`/groups/${id}`)],
  ['Update a group', (api, id) => api.change('groups', id, attributes)],
  ['Delete a group', (api, id) => api.delete(`/groups/${id}`)],
  ['Get the members', (api, id) => api.get(`/groups/${id}/members`)],
  ['Get the members relationship', (api, id) => api.get(`/groups/${id}/relationships/members`)],
  ['Add members', (api, id) => api.send('post', `/groups/${id}/relationships/members`, [])],
  ['Replace the members', (api, id) => api.send('patch', `/groups/${id}/relationships/members`, [])],
  ['Remove members', (api, id) => api.send('delete', `/groups/${id}/relationships/members`, [])],
];

/** All of an answer that a caller can compare, with the ids of request and resource taken out. */
const comparable = (answer: Response, id: string): object => {
  const { date: _date, 'x-request-id': requestId = '', 'content-length': _length, ...headers } = answer.headers;
  const text = answer.text.replaceAll(requestId, '<request>').replace(new RegExp(`\\b${id}\\b`, 'g'), '<id>');
  return { status: answer.status, headers, text };
};

describe.each([
  ['another firm', () => stranger],
  ['a restricted user of the firm', () => colleague],
])('To %s', (_who, who) => {
  it.each(ofEntities)('%s answers exactly as if the entity did not exist', async (_says, call) => {
    const [foreign, unknown] = [await call(who(), entity.id), await call(who(), UNKNOWN)];
    expect([400, 404]).toContain(unknown.status);
    expect(comparable(foreign, entity.id)).toEqual(comparable(unknown, UNKNOWN));
  });

  it.each(ofGroups)('%s answers exactly as if the group did not exist', async (_says, call) => {
    const [foreign, unknown] = [await call(who(), group.id), await call(who(), UNKNOWN)];
    expectStatus(unknown, 404);
    expect(comparable(foreign, group.id)).toEqual(comparable(unknown, UNKNOWN));
  });

  it('the lists show nothing, whatever is asked for', async () => {
    for (const list of [
      '/entities',
      '/entities?page[after]=0',
      '/entities?filter[entities][external_id]=secret',
      '/entities?filter[entities][model_types]=PERSON_NODE',
      '/groups',
      '/groups?page[after]=0',
    ])
      expect((await who().get(list)).body).toEqual({ data: [], links: { next: null } });
  });
});

describe('A restricted user', () => {
  it('sees what is permitted to them and the members of permitted groups, and nothing else', async () => {
    const [mine, member] = [await owner.entity(), await owner.entity({ model_type: 'TRUST' })];
    const family = await owner.group('Family', [member.id]);
    const api = await restrictedApi(server, { entities: [mine.id], groups: [family.id] });
    expect((await api.get('/entities')).body).toEqual({ data: [mine, member], links: { next: null } });
    expect(await api.pages('/entities?page[limit]=1')).toEqual([[mine.id], [member.id]]);
    expect(await api.ids('/entities?filter[entities][model_types]=TRUST,PERSON_NODE')).toEqual([mine.id, member.id]);
    expect(await api.ids('/entities?filter[entities][model_types]=TRUST')).toEqual([member.id]);
    expect((await api.get('/groups')).body).toEqual({ data: [family], links: { next: null } });
    for (const { id } of [mine, member]) expectStatus(await api.get(`/entities/${id}`), 200);
    expect(await api.members(family.id)).toEqual([member.id]);
    expectRefusal(await api.get(`/entities/${entity.id}`), 404);
    expectRefusal(await api.get(`/groups/${group.id}`), 404);
  });

  it('sees and changes what they made, which others like them do not see', async () => {
    const api = await restrictedApi(server);
    const own = await api.entity();
    const ownGroup = await api.group('Mine', [own.id]);
    expect([await api.ids('/entities'), await api.ids('/groups')]).toEqual([[own.id], [ownGroup.id]]);
    expectStatus(await api.change('entities', own.id, { original_name: 'Changed' }), 200);
    expectStatus(await api.change('groups', ownGroup.id, { name: 'Changed' }), 200);
    expectRefusal(await colleague.get(`/entities/${own.id}`), 404);
    expectRefusal(await colleague.get(`/groups/${ownGroup.id}`), 404);
    expectStatus(await api.delete(`/groups/${ownGroup.id}`), 204);
    expectStatus(await api.delete(`/entities/${own.id}`), 204);
    expect(await api.ids('/entities')).toEqual([]);
  });

  it('adds to a group only entities that are permitted to them', async () => {
    const [mine, hidden] = [await owner.entity(), await owner.entity()];
    const family = await owner.group('Family');
    const api = await restrictedApi(server, { entities: [mine.id], groups: [family.id] });
    const path = `/groups/${family.id}/relationships/members`;
    for (const method of ['post', 'patch', 'delete'] as const)
      expectRefusal(await api.send(method, path, entities(mine.id, hidden.id)), 400, {
        code: 'unknown_entities',
        detail: expect.stringContaining(hidden.id),
        source: { pointer: '/data/1/id' },
      });
    expectStatus(await api.send('post', path, entities(mine.id)), 204);
    expect(await owner.members(family.id)).toEqual([mine.id]);
  });

  it('loses sight of an entity at once when it leaves the group through which they saw it', async () => {
    const member = await owner.entity();
    const family = await owner.group('Family', [member.id]);
    const api = await restrictedApi(server, { groups: [family.id] });
    expectStatus(await api.get(`/entities/${member.id}`), 200);
    expectStatus(await owner.send('delete', `/groups/${family.id}/relationships/members`, entities(member.id)), 204);
    expectRefusal(await api.get(`/entities/${member.id}`), 404);
    expect(await api.ids('/entities')).toEqual([]);
  });
});

describe('After all that was tried', () => {
  it('entity and group are unchanged for who may see them', async () => {
    expect(resourceOf(await owner.get(`/entities/${entity.id}`))).toEqual(entity);
    expect(resourceOf(await owner.get(`/groups/${group.id}`))).toEqual(group);
  });

  it('no group of one firm takes an entity of another', async () => {
    const foreign = await stranger.entity();
    const answer = await owner.send('post', `/groups/${group.id}/relationships/members`, entities(foreign.id));
    expectRefusal(answer, 400, { code: 'unknown_entities', source: { pointer: '/data/0/id' } });
  });
});
