import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectionsApi, type FakePlatform } from '../../support/connections-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { CREDENTIALS, FakePlatforms } from '../../support/platforms/fake-platforms.js';
import { expectPortalRefusal } from '../../support/portal-api.js';
import { PortalWork } from '../../support/portal-work.js';
import { PorticoServer } from '../../support/portico-server.js';
import { sqlOn } from '../../support/server-database.js';

type Row = Record<string, unknown>;

const FIELDS = [
  ...['id', 'platform', 'status', 'source', 'display_name', 'account_id', 'store_url', 'scopes', 'connected_at'],
  ...['last_synced_at', 'last_sync_error', 'token_expires_at', 'created_at', 'updated_at'],
];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const UNKNOWN_ID = '01989a3e-5f00-7000-8000-00000000ffff';

let platforms: FakePlatforms;
let server: PorticoServer;
let work: PortalWork;
let company: string;
let contact: string;
let manager: string;
let api: ConnectionsApi;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  server = await PorticoServer.start({ env: { ...platforms.environment, LOG_LEVEL: 'debug' } });
  work = await PortalWork.of(server);
  manager = await work.staff('Max Manager');
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});

/** A new company with a contact, and its connections. */
async function fresh(fields: Row = {}): Promise<void> {
  company = await work.client({ name: 'Company', deliveryManagerId: Number(manager), ...fields });
  contact = await work.contact(company);
  api = new ConnectionsApi(work.portalOf(company, { user: contact }));
}
const as = (whom: Row) => new ConnectionsApi(api.portal.as(whom));
const rows = (sql: string, values: unknown[] = []) => sqlOn(server, sql, values);

describe('List Connections', () => {
  beforeAll(() => fresh());

  it('answers the connections of the company, the first made first, with the documented fields', async () => {
    const shop = await api.connect('shopify');
    const ads = await api.connect('meta_ads', { display_name: 'Social' });
    const answer = await api.portal.as({ role: 'viewer' }).get('/connections');
    expectStatus(answer, 200);
    expect(answer.body).toEqual({ connections: [shop, ads], dashboard_enabled: true });
    for (const connection of [shop, ads]) expect(Object.keys(connection)).toEqual(FIELDS);
  });

  it('shows no other company’s, not those of the group either, and no other firm’s', async () => {
    const sister = await work.client({ name: 'Sister', parentClientId: company });
    const group = { company: sister, user: undefined, group: `${company},${sister}` };
    expect(await as(group).list()).toEqual([]);
    const elsewhere = await PortalWork.ofAnotherFirm(server);
    expect(await new ConnectionsApi(elsewhere.portalOf(await elsewhere.client())).list()).toEqual([]);
  });

  it('is empty while the dashboard is not enabled', async () => {
    await work.change('clients', company, { dashboardEnabled: false });
    const answer = await api.portal.get('/connections');
    expect(answer.body).toEqual({ connections: [], dashboard_enabled: false });
    await work.change('clients', company, { dashboardEnabled: true });
    expect(await api.list()).toHaveLength(2);
  });

  it('answers one of them at the address that was told when it was made', async () => {
    const made = await api.post('tiktok_ads');
    const path = String(made.headers['location']).replace('/api/portal', '');
    const { id } = (made.body as { connection: { id: string } }).connection;
    expect(path).toBe(`/connections/${id}`);
    const answer = await api.portal.as({ role: 'viewer' }).get(path);
    expect([answer.status, answer.body]).toEqual([200, made.body]);
    const stranger = api.portal.as({ company: await work.client(), user: undefined });
    expectPortalRefusal(await stranger.get(path), 404, 'connection_not_found');
    for (const unknown of [UNKNOWN_ID, 'abc'])
      expectPortalRefusal(await api.portal.get(`/connections/${unknown}`), 404, 'connection_not_found');
    await work.change('clients', company, { dashboardEnabled: false });
    expectPortalRefusal(await api.portal.get(path), 404, 'connection_not_found');
    await work.change('clients', company, { dashboardEnabled: true });
    await api.end(id);
    expectPortalRefusal(await api.portal.get(path), 404, 'connection_not_found');
  });

  it('knows no parameters', async () => {
    expectPortalRefusal(await api.portal.get('/connections?limit=1'), 400, 'unknown_member');
  });
});

describe('Create Connection', () => {
  beforeAll(() => fresh());

  it.each([
    ['shopify', { display_name: 'Example Shop', account_id: '548380009', store_url: 'https://example.myshopify.com', scopes: ['read_orders', 'read_products'] }], // prettier-ignore
    ['google_ads', { display_name: 'Smith Search', account_id: '1234567890', scopes: ['https://www.googleapis.com/auth/adwords'] }], // prettier-ignore
    ['meta_ads', { display_name: 'Smith Social', account_id: '222333444', scopes: null }],
    ['ga4', { display_name: 'Google Analytics', account_id: '345678' }],
    ['tiktok_ads', { display_name: 'Smith Videos', account_id: '7001002003004005006' }],
  ] as const)('connects %s after the platform has opened the account', async (platform, known) => {
    const connection = await api.connect(platform);
    expect(connection).toMatchObject({
      ...{ platform, status: 'connected', source: 'client', connected_at: INSTANT, created_at: INSTANT },
      ...{ last_synced_at: null, last_sync_error: null, token_expires_at: null, store_url: null },
      ...known,
    });
    expect(Object.keys(connection)).toEqual(FIELDS);
  });

  it('tells the delivery manager in the Back Office', async () => {
    await fresh();
    await api.connect('shopify', { display_name: 'Our shop' });
    const sql = `select client_id::text as client, by_contact_id::text as by, names from notifications
      where type = 'connection_made' and user_id = $1 order by created_at desc, id desc limit 1`;
    const names = { client: 'Company', platform: 'Shopify', account: 'Our shop' };
    expect(await rows(sql, [manager])).toEqual([{ client: company, by: contact, names }]);
  });

  it.each([
    [{ platform: 'myspace' }, 'invalid_value', 'platform'],
    [{ platform: undefined }, 'invalid_value', 'platform'],
    [{ credentials: undefined }, 'invalid_value', 'credentials'],
    [{ credentials: 'token' }, 'invalid_value', 'credentials'],
    [{ credentials: {} }, 'invalid_value', 'credentials/store_url'],
    [{ credentials: { ...CREDENTIALS.shopify, store_url: 'localhost' } }, 'invalid_value', 'credentials/store_url'],
    [{ credentials: { ...CREDENTIALS.shopify, password: 'x' } }, 'invalid_value', 'credentials/password'],
    [{ display_name: 'x'.repeat(121) }, 'invalid_value', 'display_name'],
    [{ display_name: 5 }, 'invalid_value', 'display_name'],
    [{ source: 'agency' }, 'unknown_member', 'source'],
  ])('refuses %j', async (body, code, field) => {
    const answer = await api.post('shopify', body);
    expectPortalRefusal(answer, 400, code);
    expect((answer.body as { error: string }).error).toContain(field);
  });

  it('refuses what the platform does not take, says what it said, and keeps nothing', async () => {
    const before = await api.list();
    const token = 'shpat_a-token-that-was-revoked';
    const answer = await api.post('shopify', { credentials: { ...CREDENTIALS.shopify, access_token: token } });
    expectPortalRefusal(answer, 400, 'connection_test_failed');
    expect(answer.body).toMatchObject({ error: expect.stringContaining('Invalid API key or access token') });
    platforms.server.answerNext('/act_', { status: 400, body: { error: { message: `no ${CREDENTIALS.meta_ads.access_token}`, code: 190 } } }); // prettier-ignore
    const echoed = await api.post('meta_ads');
    expect(echoed.body).toEqual({ error: 'The connection to Meta Ads could not be made: no …', code: 'connection_test_failed' }); // prettier-ignore
    expect(await api.list()).toEqual(before);
  });

  it('refuses an account that is connected already', async () => {
    await api.connect('ga4');
    expectPortalRefusal(await api.post('ga4'), 409, 'platform_already_connected');
    const credentials = { ...CREDENTIALS.ga4, property_id: '345679' };
    expect((await api.connect('ga4', { credentials })).account_id).toBe('345679'); // another account is another one
  });

  it('of one account is answered once when it is sent twice at once', async () => {
    await fresh();
    const answers = await Promise.all([api.post('tiktok_ads'), api.post('tiktok_ads')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await api.list()).toHaveLength(1);
  });

  it('needs a collaborator, and a dashboard', async () => {
    expectPortalRefusal(await as({ role: 'viewer' }).post('shopify'), 403, 'portal_role_too_small');
    await work.change('clients', company, { dashboardEnabled: false });
    const asked = platforms.server.asked.length;
    expectPortalRefusal(await api.post('shopify'), 403, 'dashboard_disabled');
    expectPortalRefusal(await api.sync(), 403, 'dashboard_disabled');
    expectPortalRefusal(await api.end(UNKNOWN_ID), 403, 'dashboard_disabled');
    expect(platforms.server.asked).toHaveLength(asked);
  });
});

describe('Delete Connection', () => {
  beforeAll(() => fresh());

  it('ends a connection, and wipes what opens the account', async () => {
    const { id } = await api.connect('shopify');
    expect((await api.portal.get(`/connections/${id}`)).headers['etag']).toMatch(/^"[\w-]+"$/);
    const ifAnother = api.portal.call('delete', `/connections/${id}`).set('If-Match', '"another"');
    expectPortalRefusal(await ifAnother, 412, 'precondition_failed');
    const answer = await as({ role: 'collaborator' }).end(id);
    expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    expect(await api.list()).toEqual([]);
    expectPortalRefusal(await api.end(id), 404, 'connection_not_found');
    const sql =
      'select status, sealed, key_version, removed_at is not null as is_removed from platform_connections where id = $1';
    expect(await rows(sql, [id])).toEqual([
      { status: 'disconnected', sealed: null, key_version: null, is_removed: true },
    ]);
    await api.connect('shopify');
  });

  it('refuses what the agency manages, and viewers', async () => {
    const [shop] = await api.list();
    const body = { clientId: Number(company), platform: 'ga4', credentials: CREDENTIALS.ga4 };
    const made = await work.office.create('/platform-connections', body);
    expectPortalRefusal(await api.end(String(made.id)), 403, 'connection_managed_by_agency');
    expect((await api.find(String(made.id))).source).toBe('agency');
    expectPortalRefusal(await as({ role: 'viewer' }).end(shop?.id ?? ''), 403, 'portal_role_too_small');
  });

  it('finds no connection of another company, of the group or another firm, and none that is not there', async () => {
    const [shop] = await api.list();
    const id = shop?.id ?? '';
    const sister = await work.client({ name: 'Sister', parentClientId: company });
    const elsewhere = await PortalWork.ofAnotherFirm(server);
    for (const answer of [
      await as({ company: sister, user: undefined, group: `${company},${sister}` }).end(id),
      await new ConnectionsApi(elsewhere.portalOf(await elsewhere.client())).end(id),
      await api.end(UNKNOWN_ID),
      await api.end('abc'),
    ])
      expectPortalRefusal(answer, 404, 'connection_not_found');
    expect((await api.find(id)).status).toBe('connected');
  });
});

describe('What opens an account', () => {
  it('is in no answer, no log, no history, no job, and in no table as it is', async () => {
    await fresh();
    const answers: unknown[] = [];
    for (const platform of Object.keys(CREDENTIALS) as FakePlatform[])
      answers.push((await api.post(platform)).body, (await api.post(platform)).body); // the second is refused
    const [first] = await api.list();
    await api.synced(first?.id ?? '');
    answers.push(await api.list());
    answers.push((await work.office.get('/platform-connections')).body);
    const secrets = Object.values(CREDENTIALS).flatMap((credentials) =>
      Object.entries(credentials).flatMap(([name, value]) => (/token|secret/.test(name) ? [value] : [])),
    );
    expect(new Set(secrets).size).toBeGreaterThanOrEqual(6);
    const tables = ['history', 'platform_connections', 'sealing_keys', 'notifications', 'jobs.job'];
    const kept = await Promise.all(tables.map((table) => rows(`select t::text as row from ${table} t`)));
    expect(kept.map((found) => found.length > 0)).toEqual(tables.map(() => true));
    const all = JSON.stringify([answers, kept]) + server.output;
    expect(server.output).toContain('a connection was synced');
    for (const secret of secrets) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
