import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { DirectoryApi } from '../../support/directory-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

interface Client {
  readonly id: number;
  readonly name: string;
  readonly externalId: string | null;
  readonly parentClientId: number | null;
  readonly entityId: number;
  readonly tier: string | null;
  readonly updatedAt: string;
  readonly archivedAt: string | null;
}

let server: Portico;
let api: BackOfficeApi;
let directory: DirectoryApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
  directory = new DirectoryApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const client = (fields: object = {}, as = api) => as.create<Client>('/clients', { name: 'Byron', ...fields });
const change = (id: number, body: object, method: 'put' | 'patch' = 'patch', as = api) =>
  as.send(method, `/clients/${id}`, body);
const upsert = (rows: unknown, as = api) => as.send('put', '/clients', rows);
const all = () => api.read<Client[]>('/clients?limit=1000');
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const entityName = async (id: number) => {
  const answer = await directory.get(`/entities/${id}`);
  return (answer.body as { data: { attributes: { original_name: string; model_type: string } } }).data.attributes;
};

/** The folder of a client in the tree of files. */
async function rootOf({ entityId }: Client): Promise<{ id: string; name: string }> {
  const asked = `filter[files][includedObjects]=FOLDERS_ONLY&filter[files][entityId]=${entityId}`;
  const answer = await directory.get(`/files?${asked}`);
  expectStatus(answer, 200);
  const [root] = (answer.body as { data: { id: string; attributes: { name: string } }[] }).data;
  if (!root) throw new Error('the client has no folder');
  return { id: root.id, name: root.attributes.name };
}

describe('Creating a client', () => {
  it('answers what is known of it, and where it is; its entity is made with it', async () => {
    const answer = await api.send('post', '/clients', { name: '  Byron Family ' });
    expectStatus(answer, 201);
    const made = answer.body as Client;
    expect(made).toEqual({
      id: expect.any(Number),
      name: 'Byron Family',
      externalId: null,
      parentClientId: null,
      entityId: expect.any(Number),
      deliveryManagerId: null,
      slaPolicyId: null,
      dashboardEnabled: true,
      timeZone: 'UTC',
      currency: 'USD',
      status: 'active',
      tier: null,
      createdAt: INSTANT,
      updatedAt: INSTANT,
      archivedAt: null,
    });
    expect(answer.headers['location']).toBe(`/api/v2/clients/${made.id}`);
    expect(await api.read(`/clients/${made.id}`)).toEqual(made);
    expect(await entityName(made.entityId)).toMatchObject({ original_name: 'Byron Family', model_type: 'HOUSEHOLD' });
  });

  it('keeps every field that is given', async () => {
    const parent = await client({ name: 'Parent' });
    const users = await sqlOn(server, 'select min(id) as id from users where firm_id = $1', [
      server.credentials.firmId,
    ]);
    const manager = users[0]?.['id'];
    const fields = {
      externalId: 'crm-1',
      parentClientId: parent.id,
      deliveryManagerId: Number(manager),
      dashboardEnabled: false,
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
      status: 'prospect',
      tier: 'platinum',
    };
    const made = await client({ ...fields, modelType: 'TRUST' });
    expect(made).toMatchObject(fields);
    expect(await entityName(made.entityId)).toMatchObject({ model_type: 'TRUST' });
  });

  it.each<[string, unknown, string, object[]]>([
    ['no name', {}, 'invalid_value', [{ field: 'name', message: 'is missing' }]],
    ['an empty name', { name: ' ' }, 'invalid_value', [{ field: 'name', message: 'must not be empty' }]],
    [
      'several faults at once',
      { name: 5, currency: 1, status: 'gone' },
      'invalid_value',
      [{ field: 'name' }, { field: 'currency' }, { field: 'status' }],
    ],
    ['an unknown field', { name: 'C', nickname: 'x' }, 'unknown_member', [{ field: 'nickname' }]],
    ['an id', { name: 'C', id: 5 }, 'unknown_member', [{ field: 'id' }]],
    ['an unknown currency', { name: 'C', currency: 'XYZ' }, 'invalid_value', [{ field: 'currency' }]],
    ['an unknown time zone', { name: 'C', timeZone: 'Moon' }, 'invalid_value', [{ field: 'timeZone' }]],
    ['an unknown parent', { name: 'C', parentClientId: 999999 }, 'unknown_client', [{ field: 'parentClientId' }]],
    ['an unknown user', { name: 'C', deliveryManagerId: 999999 }, 'unknown_user', [{ field: 'deliveryManagerId' }]],
    ['a parent that is no id', { name: 'C', parentClientId: 'x' }, 'invalid_value', [{ field: 'parentClientId' }]],
  ])('refuses %s', async (_says, body, code, errors) => {
    expectProblem(await api.send('post', '/clients', body), 400, code, errors);
  });

  it('refuses an external id that another client has', async () => {
    await client({ externalId: 'crm-taken' });
    const again = await api.send('post', '/clients', { name: 'C', externalId: 'crm-taken' });
    expectProblem(again, 409, 'client_external_id_taken', [{ field: 'externalId' }]);
  });

  it('reads nothing but JSON', async () => {
    const wrong = (type: string) => api.call('post', '/clients').set('Content-Type', type).send('{"name":"C"}');
    expectProblem(await wrong('application/vnd.api+json'), 415, 'unsupported_media_type');
    expectProblem(await wrong('text/plain'), 415, 'unsupported_media_type');
    const broken = api.call('post', '/clients').set('Content-Type', 'application/json').send('{"name":');
    expectProblem(await broken, 400, 'invalid_json');
    for (const body of [[], 'text', 5, null])
      expectProblem(await api.send('post', '/clients', body), 400, 'invalid_body');
  });
});

describe('Changing a client', () => {
  it.each(['put', 'patch'] as const)('with %s changes what is given and nothing else', async (method) => {
    const { id, ...before } = await client({ tier: 'core', externalId: `crm-${method}` });
    const answer = await change(id, { tier: null, status: 'dormant' }, method).expect(200);
    expect(answer.body).toEqual({ id, ...before, tier: null, status: 'dormant', updatedAt: INSTANT });
    expect(await api.read(`/clients/${id}`)).toEqual(answer.body);
    expect((await change(id, {}, method).expect(200)).body).toEqual(answer.body);
  });

  it('takes its entity and its folder along when the name changes, unless they are called otherwise', async () => {
    const [one, other] = [await client(), await client()];
    await directory.change('entities', String(other.entityId), { original_name: 'Household' }).expect(200);
    const own = { type: 'files', id: (await rootOf(other)).id, attributes: { name: 'Papers' } };
    await directory.send('patch', `/files/${own.id}`, own).expect(200);
    for (const { id } of [one, other]) await change(id, { name: 'Lovelace/Byron' }).expect(200);
    expect(await entityName(one.entityId)).toMatchObject({ original_name: 'Lovelace/Byron' });
    expect(await entityName(other.entityId)).toMatchObject({ original_name: 'Household' });
    expect([(await rootOf(one)).name, (await rootOf(other)).name]).toEqual(['Lovelace-Byron', 'Papers']);
  });

  it('makes no circle and no third level, also of two who try at once', async () => {
    const [a, b, c] = [await client(), await client(), await client()];
    await change(a.id, { parentClientId: b.id }).expect(200);
    const field = [{ field: 'parentClientId' }];
    expectProblem(await change(a.id, { parentClientId: a.id }), 400, 'invalid_parent', field);
    expectProblem(await change(c.id, { parentClientId: a.id }), 400, 'invalid_parent', field);
    expectProblem(await change(b.id, { parentClientId: c.id }), 409, 'client_has_children', field);
    await change(a.id, { parentClientId: null }).expect(200);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([
        change(a.id, { parentClientId: b.id }),
        change(b.id, { parentClientId: c.id }),
        change(c.id, { parentClientId: a.id }),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const now = await Promise.all([a, b, c].map(({ id }) => api.read<Client>(`/clients/${id}`)));
      const above = new Map(now.map(({ id, parentClientId }) => [id, parentClientId]));
      for (const parent of above.values()) expect(parent === null ? null : above.get(parent)).toBeNull();
      for (const { id } of now) await change(id, { parentClientId: null }).expect(200);
    }
  });

  it('is told in the history, field by field', async () => {
    const { id } = await client();
    await change(id, { name: 'Other' }).expect(200);
    const rows = await sqlOn(
      server,
      `select action, credential_kind, details from history where subject_type = 'client' and subject_id = $1
       order by id`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'client.created', credential_kind: 'session', details: expect.objectContaining({ name: 'Byron' }) },
      { action: 'client.changed', credential_kind: 'session', details: { name: { from: 'Byron', to: 'Other' } } },
    ]);
  });
});

describe('Archiving a client', () => {
  it('takes it out of the list, and loses nothing of it', async () => {
    const { id, ...made } = await client();
    const answer = await api.call('delete', `/clients/${id}`).expect(204);
    expect(answer.text).toBe('');
    expect((await all()).map((one) => one.id)).not.toContain(id);
    const archived = await api.read<Client[]>('/clients?filter[archived]=true');
    expect(archived.find((one) => one.id === id)).toEqual({ id, ...made, archivedAt: INSTANT, updatedAt: INSTANT });
    expect((await api.read<Client>(`/clients/${id}`)).archivedAt).toEqual(INSTANT);
    await api.call('delete', `/clients/${id}`).expect(204);
    const restored = await api.call('post', `/clients/${id}/restore`).expect(200);
    expect(restored.body).toMatchObject({ id, archivedAt: null });
    expect((await all()).map((one) => one.id)).toContain(id);
  });

  it('leaves none to stand above others', async () => {
    const { id } = await client();
    await api.call('delete', `/clients/${id}`).expect(204);
    const below = await api.send('post', '/clients', { name: 'C', parentClientId: id });
    expectProblem(below, 400, 'unknown_client', [{ field: 'parentClientId' }]);
  });
});

describe('Taking over clients from another system', () => {
  it('adds, changes and leaves alone, again and again', async () => {
    const rows = Array.from({ length: 20 }, (_row, at) => ({ externalId: `bulk-${at}`, name: `Bulk ${at}` }));
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 20, updated: 0, unchanged: 0 });
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 0, updated: 0, unchanged: 20 });
    const next = rows.map((row, at) => (at < 5 ? { ...row, tier: 'core', parentClientExternalId: 'bulk-19' } : row));
    const answer = await upsert([...next, { externalId: 'bulk-new', name: 'New' }]).expect(200);
    expect(answer.body).toEqual({ created: 1, updated: 5, unchanged: 15 });
    const above = await api.read<Client[]>('/clients?filter[externalId]=bulk-19');
    const below = await api.read<Client[]>(`/clients?filter[parentClientId]=${above[0]?.id}&sort_by=name`);
    expect(below.map(({ name }) => name)).toEqual(['Bulk 0', 'Bulk 1', 'Bulk 2', 'Bulk 3', 'Bulk 4']);
  });

  it('takes a thousand rows, with other names too', async () => {
    const rows = Array.from({ length: 1000 }, (_row, at) => ({ externalId: `many-${at}`, name: `Many ${at}` }));
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 1000, updated: 0, unchanged: 0 });
    const changed = rows.map((row, at) => ({ ...row, name: `Renamed ${at}` }));
    expect((await upsert(changed).expect(200)).body).toEqual({ created: 0, updated: 1000, unchanged: 0 });
    const [last] = await api.read<Client[]>('/clients?filter[externalId]=many-999');
    expect((await rootOf(last as Client)).name).toBe('Renamed 999');
  });

  it.each<[string, unknown, string, object[] | undefined]>([
    ['no list', { externalId: 'a', name: 'A' }, 'invalid_body', undefined],
    ['no rows', [], 'invalid_body', undefined],
    ['too many rows', Array.from({ length: 1001 }, (_row, at) => ({ externalId: `${at}` })), 'invalid_body', undefined],
    ['a row that is no object', [5], 'invalid_value', [{ field: '0' }]],
    [
      'faults in several rows',
      [{ externalId: 'f', name: 'F' }, { name: 'G' }, { externalId: 'h', name: 'H', status: 'x' }],
      'invalid_value',
      [{ field: '1.externalId' }, { field: '2.status' }],
    ],
    ['a new row without a name', [{ externalId: 'f' }], 'invalid_value', [{ field: '0.name', message: 'is missing' }]],
    [
      'two rows about one',
      [{ externalId: 'f', name: 'F' }, { externalId: 'f' }],
      'invalid_value',
      [{ field: '1.externalId' }],
    ],
    [
      'an unknown parent',
      [
        { externalId: 'f', name: 'F' },
        { externalId: 'g', name: 'G', parentClientId: 999999 },
      ],
      'unknown_client',
      [{ field: '1.parentClientId' }],
    ],
  ])('refuses %s, and keeps none of them', async (_says, rows, code, errors) => {
    expectProblem(await upsert(rows), 400, code, errors);
    expect(await api.read('/clients?filter[externalId]=f,g,h')).toEqual([]);
  });
});

describe('A user without all data access', () => {
  it('sees the clients whose entity is permitted to them, and those that they make', async () => {
    const [mine, theirs] = [await client(), await client()];
    const permitted = { permissioned_entities: { data: [{ type: 'entities', id: String(mine.entityId) }] } };
    const bo = await BackOfficeApi.of(server, { permissions: [], all_data_access: false }, permitted);
    expect((await bo.read<Client[]>('/clients')).map(({ id }) => id)).toEqual([mine.id]);
    await bo.expecting(200, bo.get(`/clients/${mine.id}`));
    expectProblem(await bo.get(`/clients/${theirs.id}`), 404, 'client_not_found');
    expectProblem(await change(theirs.id, { name: 'X' }, 'patch', bo), 404, 'client_not_found');
    expectProblem(await bo.call('delete', `/clients/${theirs.id}`), 404, 'client_not_found');
    const made = await client({ name: 'New' }, bo);
    expect((await bo.read<Client[]>('/clients')).map(({ id }) => id)).toEqual([mine.id, made.id]);
    const below = await bo.send('post', '/clients', { name: 'C', parentClientId: theirs.id });
    expectProblem(below, 400, 'unknown_client', [{ field: 'parentClientId' }]);
  });
});

describe('Another firm', () => {
  it('has none of it', async () => {
    const { id } = await client();
    const other = await BackOfficeApi.ofAnotherFirm(server);
    expect(await other.read('/clients')).toEqual([]);
    expectProblem(await other.get(`/clients/${id}`), 404, 'client_not_found');
    expectProblem(await change(id, { name: 'X' }, 'put', other), 404, 'client_not_found');
    expectProblem(await other.get('/clients/abc'), 404, 'client_not_found');
  });
});
