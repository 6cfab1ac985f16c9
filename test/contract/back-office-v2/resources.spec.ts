import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';
import { TABLE } from './resource-table.js';
import {
  factsOf,
  fieldsOf,
  listOf,
  namedFields,
  otherValue,
  requiredOf,
  ResourceWorld,
  type Row,
  wrongValue,
} from './resource-world.js';

const NAMES = Object.keys(TABLE);
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let server: Portico;
let world: ResourceWorld;

beforeAll(async () => {
  server = await SharedPortico.start();
  world = await ResourceWorld.first(server);
}, 120_000);
afterAll(() => server.dispose());

/** The fields that a body and an answer have, without references and lists of children. */
function plainFields(name: string): [string, ReturnType<typeof fieldsOf>[string]][] {
  const { references = {}, notAlone = [] } = factsOf(name);
  return Object.entries(fieldsOf(name, 'body')).filter(
    ([field, { items }]) =>
      !(field in references) &&
      !notAlone.includes(field) &&
      !/ExternalId$/.test(field) &&
      field !== 'clientId' &&
      items?.$ref === undefined,
  );
}

const idOf = (row: Row): string => String(row['id']);

it('knows every resource of the contract', () => {
  expect(NAMES).toHaveLength(32);
});

describe.each(NAMES)('%s', (name) => {
  it('is made, read, listed, changed and removed', async () => {
    const body = await world.body(name);
    const made = await world.api.send('post', `/${name}`, body);
    expectStatus(made, 201);
    const row = made.body as Row;
    expect(idOf(row)).toMatch(UUID_V7);
    expect(made.headers['location']).toBe(`/api/v2/${name}/${idOf(row)}`);
    expect(row).toMatchObject(body);
    expect(Object.keys(row).sort()).toEqual(Object.keys(fieldsOf(name, 'answer')).sort());
    const read = await world.api.get(`/${name}/${idOf(row)}`);
    expect(read.body).toEqual(row);
    expect(read.headers['etag']).toBe(made.headers['etag']);
    const listed = await world.api.get(`/${name}?filter[externalId]=${String(row['externalId'])}`);
    expect(listed.headers['x-total-count']).toBe('1');
    const [found] = listed.body as Row[];
    expect(row).toMatchObject(found ?? {});
    expectStatus(await world.api.call('delete', `/${name}/${idOf(row)}`), 204);
    expectProblem(await world.api.get(`/${name}/${idOf(row)}`), 404, 'resource_not_found');
    expectProblem(await world.api.call('delete', `/${name}/${idOf(row)}`), 404, 'resource_not_found');
  });

  it('takes each field alone, by PUT and by PATCH, and leaves the others', async () => {
    let row = await world.create(name);
    const { together = {} } = factsOf(name);
    for (const [field, schema] of plainFields(name)) {
      const value = otherValue(schema, row[field]);
      const method = field.length % 2 ? 'put' : 'patch';
      const answer = await world.api.send(method, `/${name}/${idOf(row)}`, { ...together[field], [field]: value });
      expectStatus(answer, 200);
      expect({ [field]: (answer.body as Row)[field] }).toEqual({ [field]: value });
      row = answer.body as Row;
    }
    expect((await world.api.get(`/${name}/${idOf(row)}`)).body).toEqual(row);
  });

  it('takes null where a row can be without it, and nowhere else', async () => {
    const row = await world.create(name);
    for (const [field, { nullable }] of plainFields(name)) {
      const answer = await world.api.send('patch', `/${name}/${idOf(row)}`, { [field]: null });
      expectStatus(answer, nullable ? 200 : 400);
      if (!nullable) expect(namedFields(answer)).toEqual([field]);
    }
  });

  it('names each field that holds what it must not', async () => {
    const fields = Object.entries(fieldsOf(name, 'body'));
    const wrong = fields.filter(([field]) => !/.ExternalId$/.test(field));
    const body = Object.fromEntries(wrong.map(([field, schema]) => [field, wrongValue(schema)]));
    const answer = await world.api.send('post', `/${name}`, { ...body, nickname: 1 });
    expectProblem(answer, 400, (answer.body as { code: string }).code);
    const named = [...new Set(namedFields(answer))].sort();
    expect(named.filter((field) => field in body || field === 'nickname')).toEqual(
      [...wrong.map(([field]) => field), 'nickname'].sort(),
    );
  });

  it('names each field that is missing', async () => {
    const { owner, client } = factsOf(name);
    const answer = await world.api.send('post', `/${name}`, {});
    const required = [...requiredOf(name), ...(owner ? [owner] : []), ...(client === 'own' ? ['clientId'] : [])];
    if (required.length === 0) return expectStatus(answer, 201);
    expectProblem(answer, 400, 'invalid_value');
    expect(namedFields(answer)).toEqual(expect.arrayContaining(required));
  });

  it('is filtered and sorted by what the document says', async () => {
    const row = await world.create(name);
    await world.create(name);
    const { filters, sorts } = listOf(name);
    for (const filter of filters) {
      const value = row[filter];
      const answer = await world.api.get(`/${name}?filter[${filter}]=${encodeURIComponent(String(value))}&limit=1000`);
      expectStatus(answer, 200);
      const rows = answer.body as Row[];
      expect({ [filter]: rows.map(idOf) }).toEqual({ [filter]: expect.arrayContaining([idOf(row)]) });
      for (const other of rows) expect({ [filter]: other[filter] }).toEqual({ [filter]: value });
      expect(answer.headers['x-total-count']).toBe(String(rows.length));
    }
    for (const sort of sorts)
      for (const order of ['asc', 'desc'] as const) {
        const answer = await world.api.get(`/${name}?sort_by=${sort}&sort_order=${order}&limit=1000`);
        expectStatus(answer, 200);
        expectOrdered(
          (answer.body as Row[]).map((one) => one[sort]),
          order,
        );
      }
    const page = await world.api.get(`/${name}?limit=1&offset=1`);
    expect((page.body as Row[]).length).toBe(1);
    expectProblem(await world.api.get(`/${name}?filter[nickname]=1`), 400, 'unknown_member');
    expectProblem(await world.api.get(`/${name}?sort_by=nickname`), 400, 'invalid_value');
  });

  it('refuses references to what is not there, and to what is another client’s', async () => {
    const { references = {}, sameClient = [] } = factsOf(name);
    for (const [field, to] of Object.entries(references)) {
      const body = await world.body(name);
      const isNumbered = typeof (await world.need(to)) === 'number';
      const missing = await world.api.send('post', `/${name}`, {
        ...body,
        [field]: isNumbered ? 987654 : randomUUID(),
      });
      expectProblem(missing, 400, 'unknown_reference', [{ field }]);
      const { [field]: _id, ...rest } = body;
      const external = `${field.replace(/Id$/, '')}ExternalId`;
      const unnamed = await world.api.send('post', `/${name}`, { ...rest, [external]: 'nobody' });
      expectProblem(unnamed, 400, 'unknown_reference', [{ field: external }]);
      if (!sameClient.includes(field)) continue;
      const foreign = await world.need(to, world.other);
      const answer = await world.api.send('post', `/${name}`, { ...body, [field]: foreign });
      expectProblem(answer, 400, 'unknown_reference', [{ field }]);
    }
  });

  it('takes references by the names of the other system', async () => {
    for (const [field, to] of Object.entries(factsOf(name).references ?? {})) {
      if (to === 'users' || to === 'contacts') continue;
      const there = await world.bare(to);
      const { [field]: _id, ...rest } = await world.body(name);
      const external = `${field.replace(/Id$/, '')}ExternalId`;
      const answer = await world.api.send('post', `/${name}`, { ...rest, [external]: there['externalId'] });
      expectStatus(answer, 201);
      expect((answer.body as Row)[field]).toBe(there['id']);
    }
  });

  it('keeps in the history what became of it', async () => {
    const row = await world.create(name);
    const [field, schema] = plainFields(name).find(([one]) => one !== 'externalId') ?? ['externalId', {}];
    const value = otherValue(schema, row[field]);
    await world.api.expecting(200, world.api.send('patch', `/${name}/${idOf(row)}`, { [field]: value }));
    await world.api.expecting(200, world.api.send('patch', `/${name}/${idOf(row)}`, { [field]: value }));
    await world.api.expecting(204, world.api.call('delete', `/${name}/${idOf(row)}`));
    const sql = `select action, details from history where subject_id = $1 or details ->> 'id' = $1 order by id`;
    const entries = await sqlOn(server, sql, [idOf(row)]);
    expect(entries.map(({ action }) => String(action).split('.')[1])).toEqual(['created', 'updated', 'deleted']);
    expect(entries[1]?.['details']).toMatchObject({ [field]: { from: row[field], to: value } });
  });
});

describe('An instant', () => {
  it.each(['0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00', '0000-06-01T00:00:00Z'])(
    'is not %s, which is of another year than 1 to 9999 in UTC',
    async (sentAt) => {
      const row = await world.create('invoices');
      for (const answer of [
        await world.api.send('post', '/invoices', { ...(await world.body('invoices')), sentAt }),
        await world.api.send('patch', `/invoices/${idOf(row)}`, { sentAt }),
      ])
        expectProblem(answer, 400, 'invalid_value', [{ field: 'sentAt' }]);
      const rows = [{ ...(await world.body('invoices')), sentAt }];
      expectProblem(await world.api.send('put', '/invoices', rows), 400, 'invalid_value', [{ field: '0.sentAt' }]);
    },
  );
});

/** Numbers, days and instants; the order of text is the database's. */
function expectOrdered(values: readonly unknown[], order: 'asc' | 'desc'): void {
  const there = values.filter((value) => value !== null);
  const numbers = there.flatMap((value) => (typeof value === 'number' ? [value] : []));
  const days = there.flatMap((value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? [value] : []));
  if (numbers.length < there.length && days.length < there.length) return;
  const sorted = numbers.length > 0 ? numbers.toSorted((one, other) => one - other) : days.toSorted();
  expect(there).toEqual(order === 'asc' ? sorted : sorted.reverse());
}
