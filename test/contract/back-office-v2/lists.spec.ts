import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

let server: Portico;
let api: BackOfficeApi;
const ids = new Map<string, number>();

const CLIENTS = [
  { name: 'Able', tier: 'core', currency: 'EUR', status: 'active' },
  { name: 'Baker', tier: null, currency: 'USD', status: 'prospect' },
  { name: 'Charlie', tier: 'review', currency: 'USD', status: 'active', dashboardEnabled: false },
  { name: 'Delta', tier: 'core', currency: 'JPY', status: 'dormant' },
  { name: 'Echo', tier: null, currency: 'EUR', status: 'alumni' },
];

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
  for (const client of CLIENTS) ids.set(client.name, (await api.create('/clients', client)).id);
});
afterAll(() => server.dispose());

const answerTo = (query: string) => api.get(`/clients?${query}`);
const list = async (query: string) => {
  const answer = await answerTo(query).expect(200);
  const names = (answer.body as { name: string }[]).map(({ name }) => name);
  return { names: names.map(([first]) => first).join(''), total: answer.headers['x-total-count'] };
};

describe('A list', () => {
  it('is a bare array in ascending id order, with the total in a header', async () => {
    const answer = await answerTo('').expect(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(Array.isArray(answer.body)).toBe(true);
    expect(await list('')).toEqual({ names: 'ABCDE', total: '5' });
  });

  it.each([
    ['limit=2', 'AB', '5'],
    ['limit=2&offset=3', 'DE', '5'],
    ['limit=1000&offset=4', 'E', '5'],
    ['offset=99', '', '5'],
    ['sort_order=desc', 'EDCBA', '5'],
    ['sort_by=name&sort_order=DESC', 'EDCBA', '5'],
    ['sort_by=currency', 'AEDBC', '5'],
    ['sort_by=currency&sort_order=desc', 'CBDEA', '5'],
    ['sort_by=tier', 'ADCBE', '5'],
    ['sort_by=tier&sort_order=desc', 'CDAEB', '5'],
    ['sort_by=createdAt&limit=1', 'A', '5'],
    ['filter[status]=active', 'AC', '2'],
    ['filter[status]=active,alumni&limit=1', 'A', '3'],
    ['filter[tier]=null', 'BE', '2'],
    ['filter[tier]=null,review', 'BCE', '3'],
    ['filter[tier]=core&filter[currency]=EUR', 'A', '1'],
    ['filter[dashboardEnabled]=false', 'C', '1'],
    ['filter[dashboardEnabled]=1', 'ABDE', '4'],
    ['filter[name]=Able,%20Baker', 'AB', '2'],
    ['filter[name]=Nobody', '', '0'],
    ['filter[name]=Nobody&offset=5', '', '0'],
    ['filter[archivedAt]=null', 'ABCDE', '5'],
    ['filter[archived]=true', '', '0'],
    ['filter[archived]=true,false', 'ABCDE', '5'],
    ['filter%5Bstatus%5D=active', 'AC', '2'],
  ])('asked for %s holds %s of %s', async (query, names, total) => {
    expect(await list(query)).toEqual({ names, total });
  });

  it('can be filtered by ids and by instants as they are shown', async () => {
    const [able, echo] = [ids.get('Able'), ids.get('Echo')];
    expect((await list(`filter[id]=${able},${echo}`)).names).toBe('AE');
    const { createdAt } = await api.read<{ createdAt: string }>(`/clients/${able}`);
    expect((await list(`filter[createdAt]=${createdAt}`)).names).toContain('A');
    expect((await list('filter[createdAt]=2001-01-01T00:00:00Z')).names).toBe('');
  });

  it('holds a hundred when nothing is said', async () => {
    const rows = Array.from({ length: 101 }, (_row, at) => ({
      externalId: `l-${at}`,
      name: 'Filler',
      status: 'dormant',
    }));
    await api.send('put', '/clients', rows).expect(200);
    const answer = await answerTo('').expect(200);
    expect([(answer.body as unknown[]).length, answer.headers['x-total-count']]).toEqual([100, '106']);
  });

  it.each([
    ['limit=0', 'limit', 'invalid_value'],
    ['limit=1001', 'limit', 'invalid_value'],
    ['limit=x', 'limit', 'invalid_value'],
    ['limit=', 'limit', 'invalid_value'],
    ['limit=1&limit=2', 'limit', 'invalid_value'],
    ['offset=-1', 'offset', 'invalid_value'],
    ['sort_by=password', 'sort_by', 'invalid_value'],
    ['sort_by=archived', 'sort_by', 'invalid_value'],
    ['sort_order=up', 'sort_order', 'invalid_value'],
    ['filter[status]=gone', 'filter[status]', 'invalid_value'],
    ['filter[id]=x', 'filter[id]', 'invalid_value'],
    ['filter[dashboardEnabled]=yes', 'filter[dashboardEnabled]', 'invalid_value'],
    ['filter[createdAt]=2026-02-30T00:00:00Z', 'filter[createdAt]', 'invalid_value'],
    ['filter[createdAt]=0001-01-01T00:00:00%2B14:00', 'filter[createdAt]', 'invalid_value'],
    ['filter[createdAt]=9999-12-31T23:59:59-14:00', 'filter[createdAt]', 'invalid_value'],
    ['filter[password]=x', 'filter[password]', 'unknown_member'],
    ['filter[__proto__]=x', 'filter[__proto__]', 'unknown_member'],
    ['filter[name][eq]=x', 'filter[name][eq]', 'unknown_member'],
    ['page=2', 'page', 'unknown_member'],
  ])('refuses %s, naming %s', async (query, field, code) => {
    expectProblem(await answerTo(query), 400, code, [{ field }]);
  });
});
