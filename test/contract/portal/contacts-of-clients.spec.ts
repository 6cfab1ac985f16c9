import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus } from '../../support/files-api.js';
import { Operator } from '../../support/operator.js';
import { type Person, PeopleApi, personOf } from '../../support/people-api.js';
import { type Client, PortalWorld } from '../../support/portal-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let world: PortalWorld;
let people: PeopleApi;
let one: Client;
let two: Client;
let foreign: Client;

beforeAll(async () => {
  server = await SharedPortico.start();
  world = new PortalWorld(server, '');
  ({ people } = world);
  const { firmId } = await new Operator(server).firm('Other Firm');
  one = await world.client('One');
  two = await world.client('Two', one.id);
  foreign = await world.client('Foreign', undefined, firmId);
});
afterAll(() => server.dispose());

const entitiesOf = (contact: Person) => people.affiliations(contact.id, 'entities');
const join = (contact: Person, clientId: unknown, relationships?: object) =>
  people.patch('contacts', contact.id, { client_id: clientId }, relationships);

describe('portico client create', () => {
  it('makes a client with a household of its own', async () => {
    const { id, entityId } = await world.client('  Smith Holding ');
    const { attributes } = await people.read(`/entities/${entityId}`);
    expect(attributes).toMatchObject({ original_name: 'Smith Holding', model_type: 'HOUSEHOLD' });
    expect(await world.sql('select name, parent_id from clients where id = $1', [id])).toEqual([
      { name: 'Smith Holding', parent_id: null },
    ]);
    expect(await world.sql('select parent_id::text as parent from clients where id = $1', [two.id])).toEqual([
      { parent: one.id },
    ]);
  });

  it.each([
    [['--name', ' '], 'name must not be empty'],
    [['--name', 'Client', '--parent', '999999'], 'parentId must be the id of a client of the firm'],
    [['--name', 'Client', '--parent', 'abc'], '"abc" is not an id'],
    [[], '--name'],
  ])('with %j is a wrong call', async (options, line) => {
    const { code, stderr } = await server.operate('client', 'create', '--firm', '1', ...options);
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('fails for a firm that there is not, and for a parent of another firm', async () => {
    const unknown = await server.operate('client', 'create', '--firm', '999999', '--name', 'Client');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no firm 999999')]);
    const wrong = await server.operate('client', 'create', '--firm', '1', '--name', 'Client', '--parent', foreign.id);
    expect(wrong.code).toBe(2);
  });

  it('keeps the entity of a client from being deleted', async () => {
    expectRefusal(await people.delete(`/entities/${one.entityId}`), 409, { code: 'entity_in_use' });
  });
});

describe('client_id of a contact', () => {
  it('is null unless given', async () => {
    const contact = await people.contact();
    expect(contact.attributes['client_id']).toBeNull();
    expect(await entitiesOf(contact)).toEqual([]);
  });

  it.each(['string', 'number'])(
    'is given as a %s and answered as a number; the entity of the client comes with it',
    async (form) => {
      const given = form === 'string' ? one.id : Number(one.id);
      const { id: other } = await people.entity();
      const contact = await people.contact({ client_id: given }, [other]);
      expect(contact.attributes['client_id']).toBe(Number(one.id));
      expect(await entitiesOf(contact)).toEqual([one.entityId, other].sort((a, b) => Number(a) - Number(b)));
      const { attributes } = await people.read(`/contacts/${contact.id}`);
      expect(attributes['client_id']).toBe(Number(one.id));
    },
  );

  it('changes, and the affiliation with it; null takes both away', async () => {
    const contact = await people.contact({ client_id: one.id });
    const joined = personOf(await join(contact, two.id));
    expect([joined.attributes['client_id'], await entitiesOf(contact)]).toEqual([Number(two.id), [two.entityId]]);
    const left = personOf(await join(contact, null));
    expect([left.attributes['client_id'], await entitiesOf(contact)]).toEqual([null, []]);
  });

  it('refuses an unknown client, and another firm’s exactly so, naming the attribute', async () => {
    const contact = await people.contact();
    const fault = { code: 'unknown_client', source: { pointer: '/data/attributes/client_id' } };
    for (const id of ['999999', foreign.id]) {
      expectRefusal(await people.create('contacts', { first_name: 'A', last_name: 'B', client_id: id }), 400, fault);
      expectRefusal(await join(contact, id), 400, fault);
    }
    for (const id of ['abc', 0, 1.5, true, [], {}])
      expectRefusal(await join(contact, id), 400, { code: 'invalid_value' });
  });

  it('keeps the affiliation with the entity of the client, whichever way it is to be taken away', async () => {
    const contact = await people.contact({ client_id: one.id });
    const { id: other } = await people.entity();
    const code = 'client_affiliation_required';
    const named = { code, source: { pointer: '/data/1/id' } };
    expectRefusal(await people.affiliate('delete', contact.id, 'entities', [other, one.entityId]), 400, named);
    expectRefusal(await people.affiliate('patch', contact.id, 'entities', [other]), 400, { code });
    const replaced = { entity_affiliations: { data: [{ type: 'entities', id: other }] } };
    expectRefusal(await people.patch('contacts', contact.id, {}, replaced), 400, { code });
    expect(await entitiesOf(contact)).toEqual([one.entityId]);
    expectStatus(await people.affiliate('post', contact.id, 'entities', [other]), 204);
    expectStatus(await people.affiliate('patch', contact.id, 'entities', [one.entityId]), 204);
    expect(await entitiesOf(contact)).toEqual([one.entityId]);
  });

  it('is shown, and can be set, only by who may see the entity of the client', async () => {
    const may = { permissions: ['api_access', 'contacts_manage'], entities: [one.entityId] };
    const restricted = await PeopleApi.restricted(server, may);
    const contact = await people.contact({ client_id: two.id }, [one.entityId]);
    expect((await restricted.read(`/contacts/${contact.id}`)).attributes['client_id']).toBeNull();
    const own = await restricted.contact({ client_id: one.id });
    expect(own.attributes['client_id']).toBe(Number(one.id));
    const refused = await restricted.create('contacts', { first_name: 'A', last_name: 'B', client_id: two.id });
    expectRefusal(refused, 400, { code: 'unknown_client' });
  });
});
