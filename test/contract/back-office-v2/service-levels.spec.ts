import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;
let server: Portico;
let api: BackOfficeApi;
let other: BackOfficeApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
  other = await BackOfficeApi.ofAnotherFirm(server);
});
afterAll(() => server.dispose());

const OFFICE = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], workingFrom: '09:00', workingTo: '17:30' };
const NONE = { timeZone: null, workingDays: null, workingFrom: null, workingTo: null };
const policy = async (fields: Row = {}, of = api): Promise<Row & { id: string }> => {
  const { id, ...made } = await of.create<Row>('/sla-policies', { name: 'Policy', ...fields });
  return { id: String(id), ...made };
};
const send = (method: 'post' | 'patch', path: string, body: unknown) => api.send(method, path, body);

describe('The working time of an SLA policy', () => {
  it('is none unless it is given', async () => expect(await policy()).toMatchObject(NONE));

  it('is kept as it was given, the days in their order', async () => {
    const made = await policy({ ...OFFICE, timeZone: 'europe/berlin', workingDays: [5, 1, 3] });
    expect(made).toMatchObject({ ...OFFICE, workingDays: [1, 3, 5] });
    expect(await api.read(`/sla-policies/${made.id}`)).toEqual(made);
  });

  it('lasts to midnight at most', async () => {
    const whole = { ...OFFICE, workingFrom: '00:00', workingTo: '24:00' };
    expect(await policy(whole)).toMatchObject(whole);
  });

  it('is changed in part and taken away as a whole', async () => {
    const { id } = await policy(OFFICE);
    const changed = await send('patch', `/sla-policies/${id}`, { workingFrom: '08:15', workingDays: [7] }).expect(200);
    expect(changed.body).toMatchObject({ ...OFFICE, workingFrom: '08:15', workingDays: [7] });
    expect((await send('patch', `/sla-policies/${id}`, NONE).expect(200)).body).toMatchObject(NONE);
  });

  it('comes with many rows, and stands in the history', async () => {
    const rows = [{ externalId: 'sla-1', name: 'One', ...OFFICE }];
    const upsert = () => api.send('put', '/sla-policies', rows).expect(200);
    expect((await upsert()).body).toEqual({ created: 1, updated: 0, unchanged: 0 });
    expect((await upsert()).body).toEqual({ created: 0, updated: 0, unchanged: 1 });
  });

  it.each<[string, Row, readonly string[]]>([
    ['a time zone alone', { timeZone: 'Asia/Tokyo' }, ['workingDays', 'workingFrom', 'workingTo']],
    ['all but one', { ...OFFICE, workingTo: undefined }, ['workingTo']],
    ['an end before the beginning', { ...OFFICE, workingTo: '08:59' }, ['workingTo']],
    ['an end at the beginning', { ...OFFICE, workingTo: '09:00' }, ['workingTo']],
    ['no time zone', { ...OFFICE, timeZone: 'Moon' }, ['timeZone']],
    ['no days', { ...OFFICE, workingDays: [] }, ['workingDays']],
    ['an eighth day', { ...OFFICE, workingDays: [8] }, ['workingDays']],
    ['a day twice', { ...OFFICE, workingDays: [1, 1] }, ['workingDays']],
    ['times that are none', { ...OFFICE, workingFrom: '9:00', workingTo: '25:00' }, ['workingFrom', 'workingTo']],
  ])('refuses %s and names the fields', async (_what, fields, named) => {
    const answer = await send('post', '/sla-policies', { name: 'Policy', ...fields });
    const errors = named.map((field) => ({ field }));
    expectProblem(answer, 400, 'invalid_value', errors);
  });

  it('refuses a change that leaves it in part, or upside down', async () => {
    const { id } = await policy(OFFICE);
    const refused = async (fields: Row, field: string) =>
      expectProblem(await send('patch', `/sla-policies/${id}`, fields), 400, 'invalid_value', [{ field }]);
    await refused({ timeZone: null }, 'timeZone');
    await refused({ workingFrom: '17:30' }, 'workingTo');
    const row = await api.send('put', '/sla-policies', [{ externalId: 'sla-2', name: 'Two', timeZone: 'UTC' }]);
    expectProblem(row, 400, 'invalid_value', [
      ...['workingDays', 'workingFrom', 'workingTo'].map((field) => ({ field: `0.${field}` })),
    ]);
    expect(await api.read(`/sla-policies/${id}`)).toMatchObject(OFFICE);
  });
});

describe('The SLA policy of a client', () => {
  const client = (fields: Row = {}): Promise<Row> => api.create('/clients', { name: 'Client', ...fields });

  it('is one of everybody, or the client’s own', async () => {
    const { id: shared } = await policy();
    const made = await client({ slaPolicyId: shared });
    expect(made['slaPolicyId']).toBe(shared);
    const { id: own } = await policy({ clientId: made['id'] });
    const answer = await send('patch', `/clients/${String(made['id'])}`, { slaPolicyId: own }).expect(200);
    expect((answer.body as Row)['slaPolicyId']).toBe(own);
    expect(await api.read(`/clients?filter[slaPolicyId]=${String(own)}`)).toMatchObject([{ id: made['id'] }]);
    const gone = await send('patch', `/clients/${String(made['id'])}`, { slaPolicyId: null }).expect(200);
    expect((gone.body as Row)['slaPolicyId']).toBeNull();
  });

  it('is none of another client, of another firm or of nobody', async () => {
    const { id } = await client();
    const policies = [
      (await policy({ clientId: (await client())['id'] })).id,
      (await policy({}, other)).id,
      '0190a1b2-c3d4-7e5f-8a9b-00000000dead',
    ];
    for (const slaPolicyId of policies) {
      const errors = [{ field: 'slaPolicyId' }];
      expectProblem(await send('patch', `/clients/${String(id)}`, { slaPolicyId }), 400, 'unknown_reference', errors);
      expectProblem(await send('post', '/clients', { name: 'C', slaPolicyId }), 400, 'unknown_reference', errors);
    }
    const malformed = await send('post', '/clients', { name: 'C', slaPolicyId: 'abc' });
    expectProblem(malformed, 400, 'invalid_value', [{ field: 'slaPolicyId' }]);
  });

  it('comes with rows of another system, by its id or by its name there', async () => {
    const { id } = await policy({ externalId: 'gold' });
    const rows = [
      { externalId: 'sla-a', name: 'A', slaPolicyExternalId: 'gold' },
      { externalId: 'sla-b', name: 'B', slaPolicyId: id },
    ];
    const upsert = (body: unknown) => api.send('put', '/clients', body);
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 2, updated: 0, unchanged: 0 });
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 0, updated: 0, unchanged: 2 });
    expect(await api.read(`/clients?filter[slaPolicyId]=${String(id)}`)).toHaveLength(2);
    const wrong = await upsert([{ externalId: 'sla-c', name: 'C', slaPolicyExternalId: 'silver' }]);
    expectProblem(wrong, 400, 'unknown_reference', [{ field: '0.slaPolicyExternalId' }]);
  });

  it('keeps a policy from being deleted', async () => {
    const { id } = await policy();
    await client({ slaPolicyId: id });
    expectProblem(await api.call('delete', `/sla-policies/${String(id)}`), 409, 'in_use');
  });
});
