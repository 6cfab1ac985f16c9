import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { TABLE } from './resource-table.js';
import { factsOf, fieldsOf, namedFields, otherValue, ResourceWorld, type Row } from './resource-world.js';

let server: Portico;
let world: ResourceWorld;

beforeAll(async () => {
  server = await SharedPortico.start();
  world = await ResourceWorld.first(server);
}, 120_000);
afterAll(() => server.dispose());

const upsert = (name: string, rows: unknown) => world.api.send('put', `/${name}`, rows);

/** A field that is easily changed, and its schema. */
function someField(name: string): [string, ReturnType<typeof fieldsOf>[string]] {
  const { references = {}, notAlone = [], apart } = factsOf(name);
  const found = Object.entries(fieldsOf(name, 'body')).find(
    ([field, { type, items }]) =>
      !/xternalId$/.test(field) &&
      !(field in references) &&
      !notAlone.includes(field) &&
      field !== apart &&
      field !== 'clientId' &&
      items === undefined &&
      type !== 'object',
  );
  return found ?? ['externalId', {}];
}

describe.each(Object.keys(TABLE))('PUT /api/v2/%s', (name) => {
  it('makes rows, leaves them, changes them', async () => {
    const rows = [await world.body(name), await world.body(name), await world.body(name)];
    const made = await upsert(name, rows);
    expectStatus(made, 200);
    expect(made.body).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect((await upsert(name, rows)).body).toEqual({ created: 0, updated: 0, unchanged: 3 });
    const [field, schema] = someField(name);
    const externalId = rows[1]?.['externalId'];
    const there = await world.api.get(`/${name}?filter[externalId]=${String(externalId)}`);
    const value = otherValue(schema, (there.body as Row[])[0]?.[field]);
    const answer = await upsert(name, [rows[0], { externalId, [field]: value }, await world.body(name)]);
    expectStatus(answer, 200);
    expect(answer.body).toEqual({ created: 1, updated: 1, unchanged: 1 });
    const changed = await world.api.get(`/${name}?filter[externalId]=${String(externalId)}`);
    expect((changed.body as Row[])[0]).toMatchObject({ [field]: value });
  });

  it('names row and field of every fault, and then does nothing', async () => {
    const good = await world.body(name);
    const answer = await upsert(name, [good, { ...(await world.body(name)), nickname: 1 }, {}, 'x', good]);
    expectProblem(answer, 400, 'unknown_member');
    expect(namedFields(answer)).toEqual(expect.arrayContaining(['1.nickname', '2.externalId', '3', '4.externalId']));
    const there = await world.api.get(`/${name}?filter[externalId]=${String(good['externalId'])}`);
    expect(there.body).toEqual([]);
  });
});

describe('Many rows at once', () => {
  it('are 1 to 1000', async () => {
    const row = { title: 'x', content: 'y' };
    for (const rows of [[], {}, 'x', null, Array.from({ length: 1001 }, () => row)])
      expectProblem(await upsert('announcements', rows), 400, 'invalid_body');
    const thousand = Array.from({ length: 1000 }, () => ({ ...row, externalId: randomUUID() }));
    expect((await upsert('announcements', thousand)).body).toEqual({ created: 1000, updated: 0, unchanged: 0 });
  });

  it('that are alike in what sets rows apart are refused, among themselves and with what is there', async () => {
    const row = { metric: 'Revenue', metricKey: 'alike', target: 1, clientId: world.mine['id'] };
    const rows = [1, 2].map(() => ({ ...row, externalId: randomUUID() }));
    const twice = await upsert('goals', rows);
    expectProblem(twice, 400, 'already_exists', [{ field: '1.period' }]);
    expectStatus(await world.api.send('post', '/goals', row), 201);
    expectProblem(await upsert('goals', rows.slice(0, 1)), 400, 'already_exists', [{ field: '0.period' }]);
    expectProblem(await world.api.send('post', '/goals', row), 409, 'already_exists');
  });

  it('may refer to each other', async () => {
    const [parent, child] = [randomUUID(), randomUUID()];
    const clientId = world.mine['id'];
    const answer = await upsert('tasks', [
      { externalId: child, title: 'Part', clientId, parentTaskExternalId: parent },
      { externalId: parent, title: 'Whole', clientId },
    ]);
    expect(answer.body).toEqual({ created: 2, updated: 0, unchanged: 0 });
    const [part] = (await world.api.get(`/tasks?filter[externalId]=${child}`)).body as Row[];
    const [whole] = (await world.api.get(`/tasks?filter[externalId]=${parent}`)).body as Row[];
    expect(part?.['parentTaskId']).toBe(whole?.['id']);
  });

  it('sent twice at the same moment are made once', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => ({
      externalId: `race-${at}`,
      clientId: world.mine['id'],
      lineItems: [{ description: 'x', unitPrice: at }],
    }));
    const answers = await Promise.all([rows, rows.toReversed(), rows].map((part) => upsert('invoices', part)));
    for (const answer of answers) expectStatus(answer, 200);
    expect(answers.map(({ body }) => (body as { created: number }).created).sort()).toEqual([0, 0, 50]);
    const [invoice] = (await world.api.get('/invoices?filter[externalId]=race-7')).body as Row[];
    expect(invoice).toMatchObject({ totalAmount: 7 });
  });
});
