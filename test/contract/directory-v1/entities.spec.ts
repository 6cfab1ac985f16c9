import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi, type DirectoryResource, resourceOf } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, INSTANT, JSON_API } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { exchange } from '../../support/raw-http.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let api: DirectoryApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new DirectoryApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const stored = async (id: string): Promise<DirectoryResource> => resourceOf(await api.get(`/entities/${id}`));
const SMITH = { original_name: 'Adam Smith', model_type: 'PERSON_NODE' };

describe('Create an entity', () => {
  it('answers 201 with the resource and where it is, under the prefix of the call', async () => {
    for (const base of ['/api/v1', '/v1']) {
      const there = new DirectoryApi(server.url, server.headers, base);
      const answer = await there.send('post', '/entities', { type: 'entities', attributes: SMITH });
      expectStatus(answer, 201);
      const { id } = resourceOf(answer);
      expect(answer.headers).toMatchObject({ 'content-type': JSON_API, location: `${base}/entities/${id}` });
      expect(answer.body).toEqual({
        data: {
          id: expect.stringMatching(/^[1-9]\d*$/),
          type: 'entities',
          attributes: {
            original_name: 'Adam Smith',
            display_name: 'Adam Smith',
            model_type: 'PERSON_NODE',
            currency_factor: null,
            external_id: null,
            created_at: expect.stringMatching(INSTANT),
            modified_at: expect.stringMatching(INSTANT),
          },
          links: { self: `/v1/entities/${id}` },
        },
      });
      expect(await stored(id)).toEqual(resourceOf(answer));
    }
  });

  it('keeps every attribute that is given: names in NFC, kinds and currencies in upper case', async () => {
    const given = {
      original_name: 'Ame\u0301lie 株式会社 📄',
      display_name: "O'Hara / Sons",
      model_type: 'holding_company',
      currency_factor: 'chf',
      external_id: 'crm:4711/ä',
    };
    const { id, attributes } = await api.entity(given);
    const kept = {
      ...given,
      original_name: 'Amélie 株式会社 📄',
      model_type: 'HOLDING_COMPANY',
      currency_factor: 'CHF',
    };
    expect(attributes).toMatchObject(kept);
    expect(await stored(id)).toMatchObject({ attributes: kept });
  });

  it('takes null for what may be absent', async () => {
    const none = { display_name: null, currency_factor: null, external_id: null };
    const { attributes } = await api.entity(none);
    expect(attributes).toMatchObject({ ...none, display_name: 'Adam Smith' });
  });

  it.each<[string, object, string]>([
    ['no original_name', { original_name: undefined }, 'original_name'],
    ['an original_name that is null', { original_name: null }, 'original_name'],
    ['an original_name that is a number', { original_name: 5 }, 'original_name'],
    ['an empty original_name', { original_name: '' }, 'original_name'],
    ['a blank original_name', { original_name: ' \t ' }, 'original_name'],
    ['an original_name of 256 characters', { original_name: 'é'.repeat(256) }, 'original_name'],
    ['a control character in original_name', { original_name: 'a\u0000b' }, 'original_name'],
    ['an empty display_name', { display_name: '' }, 'display_name'],
    ['a display_name that is a list', { display_name: ['x'] }, 'display_name'],
    ['no model_type', { model_type: undefined }, 'model_type'],
    ['a model_type with a space', { model_type: 'PERSON NODE' }, 'model_type'],
    ['a model_type that begins with a digit', { model_type: '1A' }, 'model_type'],
    ['a model_type of 65 characters', { model_type: 'A'.repeat(65) }, 'model_type'],
    ['a model_type that grows when it is put into upper case', { model_type: 'ß' }, 'model_type'],
    ['a currency_factor that is no code', { currency_factor: '$' }, 'currency_factor'],
    ['a currency_factor that is a number', { currency_factor: 1.5 }, 'currency_factor'],
    ['an empty external_id', { external_id: '' }, 'external_id'],
    ['an external_id that is a number', { external_id: 4711 }, 'external_id'],
    ['an external_id of 256 characters', { external_id: 'x'.repeat(256) }, 'external_id'],
    ['created_at, which is not for callers', { created_at: '2014-12-01T13:22:40Z' }, 'created_at'],
    ['modified_at, which is not for callers', { modified_at: '2014-12-01T13:22:40Z' }, 'modified_at'],
    ['an unknown attribute', { colour: 'red' }, 'colour'],
    ['the firm', { firm_id: '2' }, 'firm_id'],
    ['a name of JavaScript', { constructor: 'x' }, 'constructor'],
    ['another one', { toString: 'x' }, 'toString'],
    ['one more', { hasOwnProperty: 'x' }, 'hasOwnProperty'],
  ])('refuses %s with 400 and names the attribute', async (_says, change, attribute) => {
    const before = await api.ids('/entities');
    const answer = await api.send('post', '/entities', { type: 'entities', attributes: { ...SMITH, ...change } });
    expectRefusal(answer, 400, { source: { pointer: `/data/attributes/${attribute}` } });
    expect(await api.ids('/entities')).toEqual(before);
  });

  it.each<[string, string, number, object]>([
    ['an id of the caller', '{"data":{"id":"7","type":"entities","attributes":{}}}', 400, { code: 'unknown_member' }],
    ['another type', '{"data":{"type":"groups","attributes":A}}', 409, { source: { pointer: '/data/type' } }],
    ['no type', '{"data":{"attributes":A}}', 400, { source: { pointer: '/data/type' } }],
    ['no attributes', '{"data":{"type":"entities"}}', 400, { source: { pointer: '/data/attributes' } }],
    ['relationships', '{"data":{"type":"entities","attributes":A,"relationships":{}}}', 400, {}],
    ['no data', '{}', 400, { source: { pointer: '/data' } }],
    ['a list', '[]', 400, {}],
    ['nothing', '', 400, {}],
    ['malformed JSON', '{"data":', 400, { code: 'invalid_json' }],
  ])('refuses a body with %s', async (_says, text, status, fault) => {
    const answer = await api.sendRaw('post', '/entities', text.replace('A', JSON.stringify(SMITH)));
    expectRefusal(answer, status, fault);
  });

  it('reads application/json too, and nothing else', async () => {
    const data = { type: 'entities', attributes: SMITH };
    expectStatus(await api.send('post', '/entities', data, 'application/json'), 201);
    expectRefusal(await api.send('post', '/entities', data, 'text/plain'), 415, { source: { header: 'Content-Type' } });
  });

  it('lets one entity of a firm have an external id, and another firm use it too', async () => {
    await api.entity({ external_id: 'crm-unique' });
    const attributes = { ...SMITH, external_id: 'crm-unique' };
    const answer = await api.send('post', '/entities', { type: 'entities', attributes });
    expectRefusal(answer, 409, { code: 'external_id_taken', source: { pointer: '/data/attributes/external_id' } });
    const { firmId, apiKey } = await new Operator(server).firm('Other Firm');
    await new DirectoryApi(server.url, keyHeaders(apiKey, firmId)).entity(attributes);
  });

  it('lets exactly one of several at once have an external id', async () => {
    const attributes = { ...SMITH, external_id: 'crm-raced' };
    const attempts = Array.from({ length: 6 }, () =>
      api.send('post', '/entities', { type: 'entities', attributes }).then(({ status }) => status),
    );
    expect((await Promise.all(attempts)).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('Get an entity', () => {
  it('is served under both prefixes, with and without a trailing slash', async () => {
    const entity = await api.entity();
    for (const base of ['/api/v1', '/v1'])
      for (const slash of ['', '/']) {
        const answer = await new DirectoryApi(server.url, server.headers, base).get(`/entities/${entity.id}${slash}`);
        expectStatus(answer, 200);
        expect(answer.headers['content-type']).toBe(JSON_API);
        expect(answer.body).toEqual({ data: entity });
      }
  });

  it.each(['999999999', '9223372036854775807', '9223372036854775808', '0', '-1', 'abc', '01', '%00'])(
    'does not find %s',
    async (id) => {
      for (const answer of [await api.get(`/entities/${id}`), await api.delete(`/entities/${id}`)])
        expectRefusal(answer, 404, { code: 'entity_not_found' });
      const inBody = /^9{9}$/.test(id) ? id : '1';
      const change = await api.send('patch', `/entities/${id}`, { type: 'entities', id: inBody });
      if (inBody === id) expectRefusal(change, 404, { code: 'entity_not_found' });
      else expect([404, 409]).toContain(change.status);
    },
  );

  it.each(['include', 'fields[entities]', 'filter[entities][external_id]', 'page[limit]'])(
    'refuses the parameter %s with 400',
    async (name) => {
      const { id } = await api.entity();
      expectRefusal(await api.get(`/entities/${id}?${name}=x`), 400, { source: { parameter: name } });
    },
  );
});

describe('Update an entity', () => {
  it('changes what is given, for ids as strings and as numbers', async () => {
    const { id } = await api.entity({ external_id: 'crm-update' });
    const attributes = { display_name: 'Mr. Smith', model_type: 'trust' };
    const answer = await api.send('patch', `/entities/${id}`, { id: Number(id), type: 'entities', attributes });
    expectStatus(answer, 200);
    expect(resourceOf(answer).attributes).toMatchObject({
      original_name: 'Adam Smith',
      display_name: 'Mr. Smith',
      model_type: 'TRUST',
      external_id: 'crm-update',
    });
    expect(await stored(id)).toEqual(resourceOf(answer));
  });

  it('takes away what is null, and shows the original name again', async () => {
    const { id } = await api.entity({ display_name: 'A', currency_factor: 'USD', external_id: 'crm-null' });
    const answer = await api.change('entities', id, { display_name: null, currency_factor: null, external_id: null });
    expect(resourceOf(answer).attributes).toMatchObject({
      display_name: 'Adam Smith',
      currency_factor: null,
      external_id: null,
    });
  });

  it('moves modified_at, but only when something changed', async () => {
    const entity = await api.entity();
    const later = await until('another second', async () => {
      const other = await api.entity();
      return other.attributes.created_at !== entity.attributes.created_at;
    });
    expect(later).toBe(true);
    for (const attributes of [undefined, {}, { original_name: 'Adam Smith', model_type: 'person_node' }]) {
      const answer = await api.send('patch', `/entities/${entity.id}`, { id: entity.id, type: 'entities', attributes });
      expectStatus(answer, 200);
      expect(resourceOf(answer)).toEqual(entity);
    }
    const changed = resourceOf(await api.change('entities', entity.id, { original_name: 'Eve Smith' }));
    expect(changed.attributes.created_at).toBe(entity.attributes.created_at);
    expect((changed.attributes.modified_at ?? '') > (entity.attributes.modified_at ?? '')).toBe(true);
  });

  it.each<[string, object, string]>([
    ['an original_name that is null', { original_name: null }, 'original_name'],
    ['a model_type that is null', { model_type: null }, 'model_type'],
    ['an empty display_name', { display_name: '' }, 'display_name'],
    ['created_at', { created_at: '2014-12-01T13:22:40Z' }, 'created_at'],
    ['modified_at', { modified_at: '2014-12-01T13:22:40Z' }, 'modified_at'],
    ['an unknown attribute', { ownership_type: 'PERCENT_BASED' }, 'ownership_type'],
  ])('refuses %s with 400, names it and changes nothing', async (_says, change, attribute) => {
    const entity = await api.entity();
    const answer = await api.change('entities', entity.id, { currency_factor: 'EUR', ...change });
    expectRefusal(answer, 400, { source: { pointer: `/data/attributes/${attribute}` } });
    expect(await stored(entity.id)).toEqual(entity);
  });

  it('answers 409 when the body is about something else', async () => {
    const entity = await api.entity();
    const path = `/entities/${entity.id}`;
    const attributes = { original_name: 'x' };
    const type = await api.send('patch', path, { id: entity.id, type: 'groups', attributes });
    expectRefusal(type, 409, { code: 'type_mismatch', source: { pointer: '/data/type' } });
    const id = await api.send('patch', path, { id: '999999999', type: 'entities', attributes });
    expectRefusal(id, 409, { code: 'id_mismatch', source: { pointer: '/data/id' } });
    expectRefusal(await api.send('patch', path, { type: 'entities', attributes }), 400);
    expect(await stored(entity.id)).toEqual(entity);
  });

  it('answers 409 when another entity has the external id, and keeps its own', async () => {
    await api.entity({ external_id: 'crm-a' });
    const entity = await api.entity({ external_id: 'crm-b' });
    const answer = await api.change('entities', entity.id, { original_name: 'x', external_id: 'crm-a' });
    expectRefusal(answer, 409, { code: 'external_id_taken', source: { pointer: '/data/attributes/external_id' } });
    expect(await stored(entity.id)).toEqual(entity);
    expectStatus(await api.change('entities', entity.id, { external_id: 'crm-b' }), 200);
  });
});

describe('Get all entities', () => {
  let firm: DirectoryApi;
  const all: string[] = [];
  const types = ['TRUST', 'BOND', 'PERSON_NODE', 'TRUST', 'BOND', 'TRUST', 'PERSON_NODE'];
  const ofType = (...wanted: string[]): string[] => all.filter((_id, at) => wanted.includes(types[at] ?? ''));

  beforeAll(async () => {
    const { firmId, apiKey } = await new Operator(server).firm('Firm with a list');
    firm = new DirectoryApi(server.url, keyHeaders(apiKey, firmId));
    expect((await firm.get('/entities')).body).toEqual({ data: [], links: { next: null } });
    for (const [at, model_type] of types.entries())
      all.push((await firm.entity({ model_type, external_id: `${at}` })).id);
  });

  it('answers the same resources as the single reads, in ascending order of their ids', async () => {
    const answer = await firm.get('/entities');
    const single = await Promise.all(all.map(async (id) => resourceOf(await firm.get(`/entities/${id}`))));
    expect(answer.body).toEqual({ data: single, links: { next: null } });
  });

  it.each([1, 3, 6, 7, 8])('walks all of them with a limit of %d, each once', async (limit) => {
    const pages = await firm.pages(`/entities?page[limit]=${limit}`);
    expect(pages.flat()).toEqual(all);
    expect(pages).toHaveLength(Math.ceil(all.length / limit));
  });

  it.each([
    ['trust', ['TRUST']],
    ['TRUST,BOND', ['TRUST', 'BOND']],
    ['bond,trust,bond,UNHEARD_OF', ['TRUST', 'BOND']],
    ['UNHEARD_OF', []],
  ])('holds only the kinds %s, page by page', async (list, wanted) => {
    const pages = await firm.pages(`/entities?filter[entities][model_types]=${list}&page[limit]=2`);
    expect(pages.flat()).toEqual(ofType(...wanted));
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(2);
  });

  it('repeats filters and limit in the next link', async () => {
    const filters = 'filter[entities][model_types]=TRUST,BOND&page[limit]=2';
    const { next } = ((await firm.get(`/entities?${filters}`)).body as { links: { next: string } }).links;
    expect(next.startsWith('/v1/entities?')).toBe(true);
    expect(Object.fromEntries(new URL(next, server.url).searchParams)).toEqual({
      'filter[entities][model_types]': 'TRUST,BOND',
      'page[limit]': '2',
      'page[after]': ofType('TRUST', 'BOND')[1],
    });
  });

  it('finds by external id, exactly', async () => {
    expect(await firm.ids('/entities?filter[entities][external_id]=3')).toEqual([all[3]]);
    expect(await firm.ids('/entities?filter[entities][external_id]=404')).toEqual([]);
    expect(await firm.ids('/entities?filter[entities][external_id]=3&filter[entities][model_types]=TRUST')).toEqual([
      all[3],
    ]);
    expect(await firm.ids('/entities?filter[entities][external_id]=3&filter[entities][model_types]=BOND')).toEqual([]);
  });

  it.each([
    ['filter[entities][model_types]', ''],
    ['filter[entities][model_types]', 'TRUST,'],
    ['filter[entities][model_types]', 'A B'],
    ['filter[entities][model_types]', Array.from({ length: 51 }, (_, at) => `T${at}`).join(',')],
    ['filter[entities][external_id]', ''],
    ['filter[entities][external_id]', '\u0000'],
    ['filter[entities][external_id]', 'x'.repeat(256)],
    ['page[limit]', '0'],
    ['page[after]', 'x'],
    ['include', 'groups'],
    ['filter[entities][colour]', 'red'],
    ['filter[model_types]', 'TRUST'],
    ['sort', 'id'],
  ])('refuses %s=%j with 400 and names the parameter', async (name, value) => {
    const answer = await firm.get(`/entities?${name}=${encodeURIComponent(value)}`);
    expectRefusal(answer, 400, { source: { parameter: name } });
  });

  it.each(['filter[entities][model_types]', 'filter[entities][external_id]'])('refuses %s twice', async (name) => {
    expectRefusal(await firm.get(`/entities?${name}=A&${name}=B`), 400, { source: { parameter: name } });
  });

  it('is 405 for other methods, and names those there are', async () => {
    const answer = await exchange(server.url, { method: 'PUT', path: '/v1/entities', headers: firm.headers });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });
});

describe('Delete an entity', () => {
  it('answers 204 without a body, once; the entity is gone from lists and groups', async () => {
    const [gone, stays] = [await api.entity(), await api.entity()];
    const group = await api.group('Both', [gone.id, stays.id]);
    const answer = await api.delete(`/entities/${gone.id}`);
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    for (const again of [await api.get(`/entities/${gone.id}`), await api.delete(`/entities/${gone.id}`)])
      expectRefusal(again, 404, { code: 'entity_not_found' });
    expect(await api.ids('/entities')).not.toContain(gone.id);
    expect(await api.members(group.id)).toEqual([stays.id]);
  });

  it('gives its external id back', async () => {
    const { id } = await api.entity({ external_id: 'crm-again' });
    await api.delete(`/entities/${id}`);
    await api.entity({ external_id: 'crm-again' });
  });

  it('lets exactly one of several at once delete it', async () => {
    const { id } = await api.entity();
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.delete(`/entities/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  });
});

describe('Who may', () => {
  it.each([
    ['read', (who: DirectoryApi, id: string) => who.get(`/entities/${id}`), 200],
    ['change', (who: DirectoryApi, id: string) => who.change('entities', id, { original_name: 'x' }), 403],
    ['delete', (who: DirectoryApi, id: string) => who.delete(`/entities/${id}`), 403],
  ] as const)('a user without entities_manage: %s', async (_what, call, status) => {
    const { id } = await api.entity();
    const { url, headers } = await new Operator(server).apiOf({
      permissions: ['api_access', 'groups_manage'],
      allData: true,
    });
    const answer = await call(new DirectoryApi(url, headers), id);
    if (status === 200) expectStatus(answer, 200);
    else expectRefusal(answer, 403, { code: 'missing_permission' });
  });

  it.each([
    [['ENTITIES'], 200, 403],
    [['ENTITIES_WRITE'], 200, 201],
    [['GROUPS_WRITE', 'FILES_WRITE'], 403, 403],
  ])('a token with %j', async (scopes, reads, writes) => {
    const operator = new Operator(server);
    const client = await operator.oauthClient(await operator.user({ permissions: ['firm_admin'] }), scopes);
    const bearer = new DirectoryApi(server.url, { Authorization: `Bearer ${await operator.token(client)}` });
    expect((await bearer.get('/entities')).status).toBe(reads);
    expect((await bearer.send('post', '/entities', { type: 'entities', attributes: SMITH })).status).toBe(writes);
  });

  it('nobody without credentials', async () => {
    expectRefusal(await new DirectoryApi(server.url, {}).get('/entities'), 401);
  });
});
