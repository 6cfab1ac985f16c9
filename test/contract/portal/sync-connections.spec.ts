import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionsApi, type ShownConnection } from '../../support/connections-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { FakePlatforms } from '../../support/platforms/fake-platforms.js';
import { aCampaign } from '../../support/platforms/figures.js';
import { expectPortalRefusal } from '../../support/portal-api.js';
import { PortalWork } from '../../support/portal-work.js';
import { PorticoServer } from '../../support/portico-server.js';
import { sqlOn } from '../../support/server-database.js';
import { until } from '../../support/until.js';

interface Figure {
  readonly date: string;
  readonly [name: string]: unknown;
}

let platforms: FakePlatforms;
let server: PorticoServer;
let work: PortalWork;
let company: string;
let api: ConnectionsApi;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  platforms.figures.timeZone = 'UTC';
  server = await PorticoServer.start({ env: platforms.environment });
  work = await PortalWork.of(server);
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});
beforeEach(async () => {
  company = await work.client({ name: 'Company' });
  api = new ConnectionsApi(work.portalOf(company, { user: await work.contact(company) }));
  platforms.figures.campaigns.clear();
  platforms.figures.orders = [];
  platforms.figures.visits.clear();
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const inOffice = (resource: string) =>
  work.office.read<Figure[]>(`/${resource}?filter[clientId]=${company}&sort_by=date&limit=1000`);
/** By day and campaign: rows of one call have no order of their own. */
const campaignDays = async () => {
  const days = await inOffice('campaign-days');
  return days.map(({ date, campaignId, spend }) => [date, campaignId, spend]).sort();
};
/** As the Back Office sees it. */
const staffView = async (id: string) => await work.office.read<Record<string, unknown>>(`/platform-connections/${id}`);
/** The answers to calls with a path that holds `part` wait until they are let go. */
function held(part: string): { asked: Promise<void>; letGo: () => void } {
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  platforms.server.answerNext(part, async () => {
    asked.resolve();
    await gate.promise;
    return { status: 500, body: {} };
  });
  return { asked: asked.promise, letGo: gate.resolve };
}

describe('Sync Connections', () => {
  it('answers at once, fetches the figures of the last thirty days, and tells when it did', async () => {
    platforms.figures.campaigns.set(daysAgo(0), [aCampaign(), aCampaign({ id: '222', spend: '3.10' })]);
    platforms.figures.campaigns.set(daysAgo(29), [aCampaign({ spend: '99.99' })]);
    platforms.figures.campaigns.set(daysAgo(30), [aCampaign()]);
    const { id } = await api.connect('meta_ads');
    const answer = await api.sync();
    expect([answer.status, answer.body]).toEqual([202, { message: 'Sync started' }]);
    const synced = await api.synced(id);
    expect(synced).toMatchObject({ status: 'connected', last_sync_error: null });
    expect(await campaignDays()).toEqual([
      [daysAgo(29), '111', 99.99],
      [daysAgo(0), '111', 12.5],
      [daysAgo(0), '222', 3.1],
    ]);
    expect(await staffView(id)).toMatchObject({ syncState: 'idle', syncDaysDone: 30, syncDaysTotal: 30 });
  });

  it.each(['google_ads', 'meta_ads', 'tiktok_ads'] as const)('keeps campaigns of %s', async (platform) => {
    platforms.figures.campaigns.set(daysAgo(1), [aCampaign()]);
    await api.synced((await api.connect(platform)).id);
    expect(await inOffice('campaign-days')).toMatchObject([
      {
        ...{ platform, campaignId: '111', campaignName: 'Spring sale', currency: 'EUR', spend: 12.5, clicks: 50 },
        ...{ impressions: 1000, conversions: 2, conversionValue: 40, date: daysAgo(1) },
      },
    ]);
  });

  it('keeps the sales of a shop and the visits of a site', async () => {
    platforms.figures.orders = [{ createdAt: `${daysAgo(1)}T12:00:00Z`, amount: '19.99', units: 2 }];
    platforms.figures.visits.set(daysAgo(1), ['120', '80', '33', '410', '6', '2', '99.9']);
    const [shop, site] = [await api.connect('shopify'), await api.connect('ga4')];
    await api.synced(shop.id);
    await api.synced(site.id);
    const yesterday = (await inOffice('metric-points')).filter(({ date }) => date === daysAgo(1));
    expect(yesterday.map(({ platform, metricKey, value, unit }) => [platform, metricKey, value, unit]).sort()).toEqual([
      ['ga4', 'engaged_sessions', 80, null],
      ['ga4', 'key_events', 6, null],
      ['ga4', 'new_users', 33, null],
      ['ga4', 'page_views', 410, null],
      ['ga4', 'purchase_revenue', 99.9, 'EUR'],
      ['ga4', 'sessions', 120, null],
      ['ga4', 'transactions', 2, null],
      ['shopify', 'orders', 1, null],
      ['shopify', 'revenue', 19.99, 'EUR'],
      ['shopify', 'units_sold', 2, null],
    ]);
  });

  it('of a day that was synced puts it in the place of what was there', async () => {
    platforms.figures.campaigns.set(daysAgo(2), [aCampaign(), aCampaign({ id: '222' })]);
    platforms.figures.campaigns.set(daysAgo(10), [aCampaign({ id: '333' })]);
    const { id, ...first } = await api.synced((await api.connect('google_ads')).id);
    platforms.figures.campaigns.set(daysAgo(2), [aCampaign({ spend: '20.00', name: 'Renamed' })]);
    platforms.figures.campaigns.delete(daysAgo(10)); // is not looked at again
    await until('it is another second', () => Date.now() > Date.parse(String(first.last_synced_at)) + 1000);
    await api.synced(id, ({ last_synced_at: at }) => at !== first.last_synced_at);
    expect(await campaignDays()).toEqual([
      [daysAgo(10), '333', 12.5],
      [daysAgo(2), '111', 20],
    ]);
  });

  it('takes all connections of the company, and none of the group', async () => {
    const sister = await work.client({ name: 'Sister', parentClientId: company });
    const other = new ConnectionsApi(work.portalOf(sister, { group: `${company},${sister}` }));
    const own = [await api.connect('meta_ads'), await api.connect('tiktok_ads')];
    expectStatus(await other.sync(), 202); // of nothing
    expect((await api.list()).map(({ last_synced_at: at }) => at)).toEqual([null, null]);
    for (const { id } of own) await api.synced(id);
  });

  it('needs a collaborator', async () => {
    const viewer = new ConnectionsApi(api.portal.as({ role: 'viewer' }));
    expectPortalRefusal(await viewer.sync(), 403, 'portal_role_too_small');
    expectStatus(await new ConnectionsApi(api.portal.as({ role: 'collaborator', user: undefined })).sync(), 202);
  });
});

describe('A sync under way', () => {
  it('is the only one of its connection', async () => {
    const { id } = await api.connect('meta_ads');
    const before = platforms.server.to('/act_').length;
    const { asked, letGo } = held('/insights');
    await api.sync();
    await asked;
    await Promise.all([api.sync(), api.sync(), api.sync()].map((one) => one.expect(202)));
    expect(await staffView(id)).toMatchObject({ syncState: 'running', syncDaysDone: 0 });
    letGo();
    await until('it is put off', async () => (await staffView(id))['syncState'] === 'queued');
    expect(platforms.server.to('/act_').length - before).toBe(2); // the account, and one page
  });

  it('shows how far it is, and keeps what came before a fault', async () => {
    for (const day of [29, 25, 20, 3]) platforms.figures.campaigns.set(daysAgo(day), [aCampaign()]);
    const { id } = await api.connect('tiktok_ads');
    const refused = { body: { code: 40_002, message: 'Something is wrong with the request.', data: {} } };
    const asUsual = undefined;
    platforms.server.answerNext('/report/', asUsual, asUsual, refused);
    const synced = await api.synced(id, ({ last_sync_error: error }) => error !== null);
    expect(synced).toMatchObject({ status: 'connected', last_sync_error: 'Something is wrong with the request.' });
    expect(synced.last_synced_at).toBeNull();
    expect(await staffView(id)).toMatchObject({ syncState: 'idle', syncDaysDone: 14, syncDaysTotal: 30 });
    expect((await campaignDays()).map(([date]) => date)).toEqual([daysAgo(29), daysAgo(25), daysAgo(20)]);
    await api.synced(id); // goes on where it was
    expect(await campaignDays()).toHaveLength(4);
  });

  it('of an account that is ended writes nothing more', async () => {
    platforms.figures.campaigns.set(daysAgo(1), [aCampaign()]);
    const { id } = await api.connect('meta_ads');
    const { asked, letGo } = held('/insights');
    await api.sync();
    await asked;
    expectStatus(await api.end(id), 200);
    letGo();
    const again = await api.connect('meta_ads');
    await api.synced(again.id);
    expect(await campaignDays()).toHaveLength(1);
  });
});

describe('A platform that refuses', () => {
  const failed = ({ last_sync_error: error }: ShownConnection) => error !== null;

  it.each([
    ['google_ads', '/token', { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } }, 'Token has been expired or revoked.'], // prettier-ignore
    ['meta_ads', '/insights', { status: 400, body: { error: { code: 190, message: 'The session has expired.' } } }, 'The session has expired.'], // prettier-ignore
    ['tiktok_ads', '/report/', { body: { code: 40_105, message: 'Access token is incorrect.' } }, 'Access token is incorrect.'], // prettier-ignore
    ['shopify', 'graphql.json', { status: 401, body: { errors: '[API] Invalid API key' } }, '[API] Invalid API key'],
  ] as const)(
    'the credentials of %s makes it an error, until it takes them again',
    async (platform, at, said, told) => {
      const { id } = await api.connect(platform);
      platforms.server.answerNext(at, said);
      expect(await api.synced(id, failed)).toMatchObject({ status: 'error', last_sync_error: told });
      expect(await api.synced(id)).toMatchObject({ status: 'connected', last_sync_error: null });
    },
  );

  it('for now is asked again later', async () => {
    const { id } = await api.connect('meta_ads');
    const usage = JSON.stringify({ '1': [{ estimated_time_to_regain_access: 30 }] });
    const body = { error: { code: 80_004, message: 'There have been too many calls to this ad-account.' } };
    platforms.server.answerNext('/insights', { status: 400, headers: { 'X-Business-Use-Case-Usage': usage }, body });
    const waiting = await api.synced(id, failed);
    expect(waiting).toMatchObject({ status: 'connected', last_sync_error: body.error.message });
    expect((await staffView(id))['syncState']).toBe('queued');
    const sql = `select extract(epoch from start_after - created_on)::int as seconds from jobs.job
      where name = 'sync' and state = 'created' and data ->> 'connectionId' = $1`;
    const [job] = await sqlOn(server, sql, [id]);
    expect(Number(job?.['seconds'])).toBeGreaterThan(1700);
  });
});
