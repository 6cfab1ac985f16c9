import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { BackOfficeApi } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { CREDENTIALS, FakePlatforms } from '../../support/platforms/fake-platforms.js';
import { PortalWork } from '../../support/portal-work.js';
import { PorticoServer } from '../../support/portico-server.js';

const FIELDS = [
  ...['id', 'clientId', 'clientName', 'platform', 'status', 'source', 'displayName', 'accountId', 'storeUrl', 'scopes'],
  ...['connectedAt', 'lastSyncedAt', 'lastSyncError', 'tokenExpiresAt', 'syncState', 'syncDaysDone', 'syncDaysTotal'],
  ...['createdAt', 'updatedAt'],
];
const PATH = '/platform-connections';
const UNKNOWN_ID = '01989a3e-5f00-7000-8000-00000000ffff';

let platforms: FakePlatforms;
let server: PorticoServer;
let work: PortalWork;
let office: BackOfficeApi;
let client: string;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  server = await PorticoServer.start({ env: platforms.environment });
  work = await PortalWork.of(server);
  ({ office } = work);
  client = await work.client({ name: 'Smith Holding' });
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});

const body = (changes: object = {}) => ({
  ...{ clientId: Number(client), platform: 'ga4', credentials: CREDENTIALS.ga4 },
  ...changes,
});
const post = (changes: object = {}, as = office) => as.send('post', PATH, body(changes));

function expectProblem(answer: Response, status: number, code: string, field?: string): void {
  expectStatus(answer, status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = answer.body as { code: string; errors?: { field: string }[] };
  expect([problem.code, problem.errors?.map((one) => one.field)]).toEqual([code, field && [field]]);
}

describe('Platform connections', () => {
  it('are made by the agency, and shown without what opens them', async () => {
    const answer = await post({ displayName: 'Web site' });
    expectStatus(answer, 201);
    const made = answer.body as Record<string, unknown>;
    expect(Object.keys(made)).toEqual(FIELDS);
    expect(made).toMatchObject({
      ...{ clientId: Number(client), clientName: 'Smith Holding', platform: 'ga4', source: 'agency' },
      ...{ displayName: 'Web site', accountId: '345678', status: 'connected', syncState: 'idle', syncDaysTotal: null },
    });
    expect(answer.headers['location']).toBe(`/api/v2${PATH}/${String(made['id'])}`);
    expect(await office.read(`${PATH}/${String(made['id'])}`)).toEqual(made);
    const portal = await work.portalOf(client).get('/connections');
    expect((portal.body as { connections: object[] }).connections).toMatchObject([
      { id: made['id'], source: 'agency' },
    ]);
  });

  it.each([
    [{ clientId: 999_999 }, 400, 'unknown_client', 'clientId'],
    [{ clientId: undefined }, 400, 'invalid_value', 'clientId'],
    [{ platform: 'myspace' }, 400, 'invalid_value', 'platform'],
    [{ credentials: {} }, 400, 'invalid_value', 'credentials.property_id'],
    [{ credentials: { ...CREDENTIALS.ga4, refresh_token: '1//no' } }, 400, 'connection_test_failed', 'credentials'],
    [{ displayName: 'x'.repeat(121) }, 400, 'invalid_value', 'displayName'],
    [{ source: 'client' }, 400, 'unknown_member', 'source'],
  ])('refuse %j', async (changes, status, code, field) => {
    expectProblem(await post(changes), status, code, field);
  });

  it('refuse an account that is connected already, in the language of the caller', async () => {
    expectProblem(await post(), 409, 'platform_already_connected');
    const answer = await office.with({ 'Accept-Language': 'de' }).send('post', PATH, body());
    expect((answer.body as { detail: string }).detail).toBe('Dieses Konto ist schon verbunden');
  });

  it('are listed, filtered and sorted', async () => {
    const other = await work.client({ name: 'Other' });
    await post({ clientId: Number(other), platform: 'meta_ads', credentials: CREDENTIALS.meta_ads });
    await post({ clientId: Number(other), platform: 'shopify', credentials: CREDENTIALS.shopify });
    const list = async (query: string) => {
      const answer = await office.get(`${PATH}${query}`);
      expectStatus(answer, 200);
      const platformsOf = (answer.body as { platform: string }[]).map(({ platform }) => platform);
      return [platformsOf, answer.headers['x-total-count']];
    };
    expect(await list(`?filter[clientId]=${other}`)).toEqual([['meta_ads', 'shopify'], '2']);
    expect(await list('?sort_by=platform&sort_order=desc&limit=1&offset=1')).toEqual([['meta_ads'], '3']);
    expect(await list('?filter[platform]=ga4,shopify&filter[syncState]=idle')).toEqual([['ga4', 'shopify'], '2']);
    expect(await list('?filter[lastSyncedAt]=null&filter[source]=client')).toEqual([[], '0']);
    expectProblem(await office.get(`${PATH}?filter[platform]=myspace`), 400, 'invalid_value', 'filter[platform]');
    expectProblem(await office.get(`${PATH}?sort_by=sealed`), 400, 'invalid_value', 'sort_by');
  });

  it('end for good, whoever made them', async () => {
    const portal = work.portalOf(client).call('post', '/connections').set('Content-Type', 'application/json');
    const made = await portal.send(JSON.stringify({ platform: 'tiktok_ads', credentials: CREDENTIALS.tiktok_ads }));
    const { id } = (made.body as { connection: { id: string } }).connection;
    const end = () => office.call('delete', `${PATH}/${id}`);
    expectProblem(await end().set('If-Match', '"another"'), 412, 'precondition_failed', 'If-Match');
    expect((await office.get(`${PATH}/${id}`)).headers['etag']).toMatch(/^"[\w-]+"$/);
    expectStatus(await end().set('If-Match', '*'), 204);
    for (const method of ['get', 'delete'] as const)
      expectProblem(await office.call(method, `${PATH}/${id}`), 404, 'connection_not_found');
  });

  it('are not there for another firm, nor for users to whom the client is not permitted', async () => {
    const [own] = await office.read<{ id: string }[]>(`${PATH}?filter[clientId]=${client}`);
    const restricted = await BackOfficeApi.of(server, { permissions: [], all_data_access: false });
    for (const stranger of [await BackOfficeApi.ofAnotherFirm(server), restricted]) {
      expect(await stranger.read(PATH)).toEqual([]);
      expectProblem(await post({ platform: 'meta_ads', credentials: CREDENTIALS.meta_ads }, stranger), 400, 'unknown_client', 'clientId'); // prettier-ignore
      for (const id of [own?.id ?? '', UNKNOWN_ID, 'abc'])
        for (const method of ['get', 'delete'] as const)
          expectProblem(await stranger.call(method, `${PATH}/${id}`), 404, 'connection_not_found');
    }
    expect(await office.read(`${PATH}/${own?.id ?? ''}`)).toMatchObject({ status: 'connected' });
  });
});
