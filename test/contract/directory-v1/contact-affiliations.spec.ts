import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus } from '../../support/files-api.js';
import { linkage, PeopleApi, type Person, personOf, relationshipPath } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(60_000);

let server: Portico;
let api: PeopleApi;
let contact: Person;
const ids = { entities: [] as string[], groups: [] as string[] };

beforeAll(async () => {
  server = await SharedPortico.start();
  api = PeopleApi.of(server);
  for (let count = 0; count < 3; count++) {
    ids.entities.push((await api.entity()).id);
    ids.groups.push((await api.group()).id);
  }
});
afterAll(() => server.dispose());
beforeEach(async () => {
  contact = await api.contact({}, ids.entities.slice(0, 1), ids.groups.slice(0, 1));
});

const UNKNOWN = ['999999', '9223372036854775807'];

describe.each(['entities', 'groups'] as const)('The %s of a contact', (kind) => {
  const name = kind === 'entities' ? 'entity_affiliations' : 'group_affiliations';
  const some = (...which: number[]) => which.map((at) => ids[kind][at] as string);
  const now = () => api.affiliations(contact.id, kind);

  it('are told by the contact, by their own route, and as full resources', async () => {
    const self = `/v1/contacts/${contact.id}`;
    const document = {
      links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` },
      data: linkage(kind, some(0)),
    };
    expect(contact.relationships[name]).toEqual(document);
    expect((await api.get(relationshipPath(contact.id, kind))).body).toEqual(document);
    const { body } = await api.get(`/contacts/${contact.id}/${name}`);
    const [first] = (await api.get(`/${kind}?page[after]=${Number(some(0)[0]) - 1}&page[limit]=1`)).body.data;
    expect(body).toEqual({ data: [first], links: { next: null } });
  });

  it('come as full resources page by page', async () => {
    expectStatus(await api.affiliate('post', contact.id, kind, some(1, 2)), 204);
    expect(await api.pages(`/contacts/${contact.id}/${name}?page[limit]=2`)).toEqual([some(0, 1), some(2)]);
    expectRefusal(await api.get(`/contacts/${contact.id}/${name}?include=x`), 400);
    expectRefusal(await api.get(`/contacts/${contact.id}/${name}?page[limit]=x`), 400);
  });

  it('are added with POST, twice too, by ids as strings or numbers', async () => {
    for (const given of [[some(1)[0], Number(some(2)[0])], some(1, 2, 2), []])
      expectStatus(await api.affiliate('post', contact.id, kind, given), 204);
    expect(await now()).toEqual(some(0, 1, 2));
  });

  it('are replaced with PATCH, and emptied', async () => {
    expectStatus(await api.affiliate('patch', contact.id, kind, some(2, 1)), 204);
    expect(await now()).toEqual(some(1, 2));
    expectStatus(await api.affiliate('patch', contact.id, kind, []), 204);
    expect(await now()).toEqual([]);
  });

  it('are removed with DELETE, twice too', async () => {
    await api.affiliate('post', contact.id, kind, some(1));
    for (const _time of [1, 2]) expectStatus(await api.affiliate('delete', contact.id, kind, some(0, 2)), 204);
    expect(await now()).toEqual(some(1));
  });

  it.each(['post', 'patch', 'delete'] as const)('are left alone when %s names one that is unknown', async (method) => {
    const answer = await api.affiliate(method, contact.id, kind, [...some(0, 1), ...UNKNOWN]);
    expectRefusal(answer, 400, { code: `unknown_${kind}`, source: { pointer: '/data/2/id' } });
    for (const id of UNKNOWN) expect(answer.body.errors[0].detail).toContain(id);
    expect(await now()).toEqual(some(0));
  });

  it.each(['post', 'patch', 'delete'] as const)('refuse another type with 409 for %s', async (method) => {
    const data = [...linkage(kind, some(0)), { type: kind === 'entities' ? 'groups' : 'entities', id: '1' }];
    const answer = await api.send(method, relationshipPath(contact.id, kind), data);
    expectRefusal(answer, 409, { code: 'type_mismatch', source: { pointer: '/data/1/type' } });
    expect(await now()).toEqual(some(0));
  });

  it.each<[unknown, string]>([
    [null, '/data'],
    [{ type: kind, id: '1' }, '/data'],
    ['1', '/data'],
    [[{ type: kind }], '/data/0/id'],
    [[{ type: kind, id: 'abc' }], '/data/0/id'],
    [[{ id: '1' }], '/data/0/type'],
    [[{ type: kind, id: '1', x: 1 }], '/data/0/x'],
  ])('refuse the body %j', async (data, pointer) => {
    expectRefusal(await api.send('post', relationshipPath(contact.id, kind), data), 400, { source: { pointer } });
  });

  it('move modified_at when they change, and not when they do not', async () => {
    const old = '2026-01-01T00:00:00Z';
    await sqlOn(server, 'update contacts set modified_at = $1 where id = $2', [old, contact.id]);
    const modified = async () => (await api.read(`/contacts/${contact.id}`)).attributes['modified_at'];
    await api.affiliate('post', contact.id, kind, some(0));
    await api.affiliate('delete', contact.id, kind, some(2));
    expect(await modified()).toBe(old);
    await api.affiliate('post', contact.id, kind, some(2));
    expect(await modified()).not.toBe(old);
  });

  it('are set with the contact, at its creation and later', async () => {
    const made = await api.create(
      'contacts',
      { first_name: 'Eve', last_name: 'Jones' },
      { [name]: { data: linkage(kind, some(1, 2)) } },
    );
    expect(personOf(made, 201).relationships[name]?.data).toEqual(linkage(kind, some(1, 2)));
    const changed = await api.patch('contacts', contact.id, undefined, { [name]: { data: linkage(kind, some(2)) } });
    const { relationships } = personOf(changed);
    expect(relationships[name]?.data).toEqual(linkage(kind, some(2)));
    const other = kind === 'entities' ? 'group_affiliations' : 'entity_affiliations';
    expect(relationships[other]).toEqual(contact.relationships[other]);
  });

  it('refuse with the contact what is unknown, and say where', async () => {
    const relationships = { [name]: { data: linkage(kind, [...some(0), ...UNKNOWN]) } };
    const fault = { code: `unknown_${kind}`, source: { pointer: `/data/relationships/${name}/data/1/id` } };
    const names = { first_name: 'Eve', last_name: 'Nobody' };
    expectRefusal(await api.create('contacts', names, relationships), 400, fault);
    expectRefusal(await api.patch('contacts', contact.id, names, relationships), 400, fault);
    const mistyped = { [name]: { data: [{ type: 'files', id: '1' }] } };
    expectRefusal(await api.create('contacts', names, mistyped), 409, {
      source: { pointer: `/data/relationships/${name}/data/0/type` },
    });
    expect(await api.read(`/contacts/${contact.id}`)).toEqual(contact);
  });

  it('find contacts', async () => {
    const filter = `filter[contacts][${kind === 'entities' ? 'entityId' : 'groupId'}]`;
    const fresh = (kind === 'entities' ? await api.entity() : await api.group()).id;
    await api.affiliate('post', contact.id, kind, [fresh]);
    expect(await api.ids(`/contacts?${filter}=${fresh}`)).toEqual([contact.id]);
    expect(await api.ids(`/contacts?${filter}=999999`)).toEqual([]);
  });

  it('do not find an unknown contact', async () => {
    for (const path of [relationshipPath('999999', kind), `/contacts/999999/${name}`])
      expectRefusal(await api.get(path), 404, { code: 'contact_not_found' });
    for (const method of ['post', 'patch', 'delete'] as const)
      expectRefusal(await api.affiliate(method, '999999', kind, some(0)), 404, { code: 'contact_not_found' });
  });
});

describe('The default affiliation of a contact', () => {
  const shown = async () => (await api.read(`/contacts/${contact.id}`)).attributes['default_affiliation'];
  const prefer = (chosen: object | null) => api.patch('contacts', contact.id, { default_affiliation: chosen });

  it('is one of its affiliations, by a string or a number, or none', async () => {
    const [entity, group] = [ids.entities[0], ids.groups[0]];
    expectStatus(await prefer({ entity_id: Number(entity) }), 200);
    expect(await shown()).toEqual({ entity_id: entity, group_id: null });
    expectStatus(await prefer({ group_id: group, entity_id: null }), 200);
    expect(await shown()).toEqual({ entity_id: null, group_id: group });
    expectRefusal(await prefer({ entity_id: ids.entities[1] }), 400, {
      code: 'invalid_default_affiliation',
      source: { pointer: '/data/attributes/default_affiliation' },
    });
    expect(await shown()).toEqual({ entity_id: null, group_id: group });
    expectStatus(await prefer(null), 200);
    expect(await shown()).toBeNull();
  });

  it('can be chosen together with the affiliation', async () => {
    const relationships = { entity_affiliations: { data: linkage('entities', ids.entities) } };
    const chosen = { entity_id: ids.entities[2], group_id: null };
    const answer = await api.patch('contacts', contact.id, { default_affiliation: chosen }, relationships);
    expect(personOf(answer).attributes['default_affiliation']).toEqual(chosen);
  });

  it('goes with its affiliation, and with the group or entity itself', async () => {
    const { id } = await api.group('Passing');
    await api.affiliate('post', contact.id, 'groups', [id]);
    await prefer({ group_id: id });
    expectStatus(await api.delete(`/groups/${id}`), 204);
    expect(await shown()).toBeNull();
    expect(await api.affiliations(contact.id, 'groups')).toEqual([ids.groups[0]]);
    await prefer({ entity_id: ids.entities[0] });
    await api.affiliate('delete', contact.id, 'entities', [ids.entities[0]]);
    expect(await shown()).toBeNull();
  });
});
