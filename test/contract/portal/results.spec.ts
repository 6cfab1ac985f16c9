import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus, INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Metric {
  readonly metric_key: string;
  readonly value: number | null;
  readonly target: number | null;
  readonly tracking_status: string;
}
interface Results {
  readonly period: Row;
  readonly metrics: Metric[];
  readonly insight: Row | null;
  readonly connected_platforms: string[];
  readonly dashboard_enabled: boolean;
}
interface Campaigns {
  readonly period: Row;
  readonly campaigns: Row[];
  readonly totals: Row;
}

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

async function newCompany(fields: Row = {}): Promise<[string, PortalApi]> {
  const id = await work.client(fields);
  return [id, work.portalOf(id, { role: 'viewer' })];
}
const point = (client: string, date: string, value: number, fields: Row = {}) =>
  work.make('metric-points', {
    ...{ clientId: Number(client), platform: 'shopify', metricKey: 'revenue', unit: 'EUR', date, value },
    ...fields,
  });
const day = (client: string, date: string, fields: Row = {}) =>
  work.make('campaign-days', {
    ...{ clientId: Number(client), platform: 'google_ads', campaignId: 'c1', campaignName: 'Spring', date },
    ...fields,
  });
const results = (portal: PortalApi, query = '?period_end=2026-03-15') => shown<Results>(portal, `/results${query}`);
const campaigns = (portal: PortalApi, query = '') =>
  shown<Campaigns>(portal, `/results/campaigns?period_end=2026-03-31${query}`);
const ADS = { spend: 340, impressions: 12_000, clicks: 340, conversions: 17, conversionValue: 1360, reach: 8000 };

describe('GET /api/portal/results', () => {
  it('answers the metrics of the period beside the one before, goals, the insight and the platforms', async () => {
    const [company, portal] = await newCompany();
    await point(company, '2026-03-01', 100.5, { metricLabel: 'Sales' });
    await point(company, '2026-03-15', 50);
    await point(company, '2026-03-16', 1000);
    await point(company, '2026-02-15', 120);
    await point(company, '2026-02-16', 1000);
    await work.make('goals', { clientId: Number(company), metric: 'Revenue', metricKey: 'revenue', target: 310 });
    await work.make('insights', {
      ...{ clientId: Number(company), periodEnd: '2026-03-31', summary: 'Well done', healthScore: 82 },
      ...{ highlights: ['Up'], recommendations: ['More'] },
    });
    expect(await results(portal)).toEqual({
      period: {
        ...{ type: 'month', start: '2026-03-01', end: '2026-03-15' },
        ...{ prior_start: '2026-02-01', prior_end: '2026-02-15' },
      },
      metrics: [
        {
          ...{ metric_key: 'revenue', metric_label: 'Sales', unit: 'EUR', platform: 'shopify' },
          ...{ value: 150.5, prior_value: 120, delta_pct: 25.416667, target: 310, tracking_status: 'on_track' },
        },
      ],
      insight: {
        ...{ summary: 'Well done', health_score: 82, highlights: ['Up'], recommendations: ['More'] },
        generated_at: expect.stringMatching(INSTANT),
      },
      connected_platforms: [],
      dashboard_enabled: true,
    });
  });

  it('makes ratios from the sums of campaigns, and measures costs the other way round', async () => {
    const [company, portal] = await newCompany();
    await day(company, '2026-03-02', ADS);
    await day(company, '2026-03-03', {
      platform: 'meta_ads',
      spend: 60,
      impressions: 8000,
      clicks: 60,
      conversions: 3,
    });
    const goal = { clientId: Number(company), metric: 'Goal', period: 'month' };
    for (const [metricKey, target] of Object.entries({ roas: 4, cpa: 25, cpc: 0.9 }))
      await work.make('goals', { ...goal, metricKey, target });
    const { metrics } = await results(portal);
    const values = Object.fromEntries(metrics.map(({ metric_key: key, value }) => [key, value]));
    expect(values).toEqual({
      ...{ spend: 400, conversion_value: 1360, roas: 3.4, conversions: 20, cpa: 20, conversion_rate: 5 },
      ...{ clicks: 400, cpc: 1, impressions: 20_000, ctr: 2, cpm: 20 },
    });
    const statuses = metrics.flatMap(({ metric_key: key, tracking_status: status }) =>
      status === 'no_target' ? [] : [[key, status]],
    );
    expect(statuses).toEqual([
      ['roas', 'at_risk'],
      ['cpa', 'achieved'],
      ['cpc', 'on_track'],
    ]);
  });

  it.each([
    ['week', '2026-03-04', '2026-03-02', '2026-02-23', '2026-02-25'],
    ['month', '2026-03-31', '2026-03-01', '2026-02-01', '2026-02-28'],
    ['quarter', '2026-05-15', '2026-04-01', '2026-01-01', '2026-02-14'],
    ['year', '2026-07-01', '2026-01-01', '2025-01-01', '2025-07-01'],
  ])('knows the %s that ends on %s', async (type, end, start, priorStart, priorEnd) => {
    const [, portal] = await newCompany();
    const { period } = await results(portal, `?period_type=${type}&period_end=${end}`);
    expect(period).toEqual({ type, start, end, prior_start: priorStart, prior_end: priorEnd });
  });

  it.each(['Pacific/Auckland', 'America/Los_Angeles', 'UTC'])(
    'ends the month today, as it is in %s',
    async (timeZone) => {
      const [, portal] = await newCompany({ timeZone });
      const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
      const before = today();
      const { period } = await results(portal, '');
      expect([before, today()]).toContain(period['end']);
      expect(period).toMatchObject({ type: 'month', start: `${String(period['end']).slice(0, 7)}-01` });
    },
  );

  it('is empty without a dashboard, and says so', async () => {
    const [company, portal] = await newCompany();
    await point(company, '2026-03-01', 1);
    await work.change('clients', company, { dashboardEnabled: false });
    const { period, ...rest } = await results(portal);
    expect(period).toMatchObject({ end: '2026-03-15' });
    expect(rest).toEqual({ metrics: [], insight: null, connected_platforms: [], dashboard_enabled: false });
  });

  it('is of the company alone: not of its group, and of no other firm', async () => {
    const [company, portal] = await newCompany();
    const [child] = await newCompany({ parentClientId: company });
    await point(child, '2026-03-01', 1);
    expect((await results(portal.as({ group: `${company},${child}` }))).metrics).toEqual([]);
    const other = await PortalWork.ofAnotherFirm(server);
    expectPortalRefusal(await other.portalOf(company).get('/results'), 403, 'portal_company_unknown');
  });

  it.each([
    ['period_type=day', 'invalid_value'],
    ['period_type=', 'invalid_value'],
    ['period_type=month&period_type=week', 'invalid_value'],
    ['period_end=2026-02-30', 'invalid_value'],
    ['period_end=15.03.2026', 'invalid_value'],
    ['period_end=2026-03-15T00:00:00Z', 'invalid_value'],
    ['period_end=1899-12-31', 'invalid_value'],
    ['platform=google_ads', 'unknown_member'],
  ])('refuses %s with 400', async (query, code) => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await portal.get(`/results?${query}`), 400, code);
  });
});

describe('GET /api/portal/results/campaigns', () => {
  const made = async (): Promise<PortalApi> => {
    const [company, portal] = await newCompany();
    await day(company, '2026-03-02', { ...ADS, status: 'active' });
    await day(company, '2026-03-03', { spend: 60, campaignName: 'Summer', status: 'paused' });
    await day(company, '2026-03-03', { platform: 'meta_ads', campaignId: 'c2', spend: 100, clicks: 10, reach: 5 });
    await day(company, '2026-02-28', { spend: 1000 });
    await day(company, '2026-04-01', { spend: 1000 });
    return portal;
  };

  it('answers the sums of each campaign over the period, with ratios, and the totals', async () => {
    const { period, campaigns: all, totals } = await campaigns(await made());
    expect(period).toMatchObject({ type: 'month', start: '2026-03-01', end: '2026-03-31', prior_end: '2026-02-28' });
    expect(all).toEqual([
      {
        ...{ campaign_id: 'c1', campaign_name: 'Summer', platform: 'google_ads', status: 'paused', currency: 'EUR' },
        ...{ spend: 400, impressions: 12_000, clicks: 340, conversions: 17, conversion_value: 1360, reach: null },
        ...{
          frequency: null,
          ctr: 2.833333,
          cpc: 1.176471,
          cpm: 33.333333,
          cpa: 23.529412,
          conversion_rate: 5,
          roas: 3.4,
        },
      },
      {
        ...{ campaign_id: 'c2', campaign_name: 'Spring', platform: 'meta_ads', status: null, currency: 'EUR' },
        ...{ spend: 100, impressions: 0, clicks: 10, conversions: 0, conversion_value: 0, reach: 5 },
        ...{ frequency: 0, ctr: null, cpc: 10, cpm: null, cpa: null, conversion_rate: 0, roas: 0 },
      },
    ]);
    expect(totals).toEqual({
      ...{ currency: 'EUR', spend: 500, impressions: 12_000, clicks: 350, conversions: 17, conversion_value: 1360 },
      ...{ reach: null, frequency: null, ctr: 2.916667, cpc: 1.428571, cpm: 41.666667, cpa: 29.411765 },
      ...{ conversion_rate: 4.857143, roas: 2.72 },
    });
  });

  it('shows money with two decimals', async () => {
    const [company, portal] = await newCompany();
    await day(company, '2026-03-02', { spend: 10 });
    const { text } = await portal.get('/results/campaigns?period_end=2026-03-31');
    expect(text).toContain('"spend":10.00,');
  });

  it('answers the campaigns of one platform, with their totals', async () => {
    const portal = await made();
    const ofMeta = await campaigns(portal, '&platform=meta_ads');
    expect([ofMeta.campaigns.map((one) => one['campaign_id']), ofMeta.totals['spend']]).toEqual([['c2'], 100]);
    expect((await campaigns(portal, '&platform=tiktok_ads')).campaigns).toEqual([]);
  });

  it.each([
    ['', ['c1', 'c2']],
    ['&sort_dir=asc', ['c2', 'c1']],
    ['&sort_by=cpc', ['c2', 'c1']],
    ['&sort_by=cpc&sort_dir=asc', ['c1', 'c2']],
    ['&sort_by=cpa', ['c1', 'c2']],
    ['&sort_by=cpa&sort_dir=asc', ['c1', 'c2']],
    ['&sort_by=reach&sort_dir=asc', ['c2', 'c1']],
    ['&sort_by=campaign_name&sort_dir=asc', ['c2', 'c1']],
    ['&sort_by=conversion_value', ['c1', 'c2']],
    ['&limit=1', ['c1']],
    ['&limit=1&offset=1', ['c2']],
  ])('sorts with %s, what has nothing there last', async (query, ids) => {
    const all = await campaigns(await made(), query);
    expect(all.campaigns.map((one) => one['campaign_id'])).toEqual(ids);
    expect(all.totals['spend']).toBe(500);
  });

  it('takes every figure to sort by, and refuses others with 400', async () => {
    const portal = await made();
    const figures = ['spend', 'impressions', 'clicks', 'conversions', 'conversion_value', 'reach', 'frequency', 'ctr'];
    for (const sort of [...figures, 'cpc', 'cpm', 'cpa', 'conversion_rate', 'roas', 'campaign_name', 'platform'])
      expectStatus(await portal.get(`/results/campaigns?sort_by=${sort}`), 200);
    for (const query of ['sort_by=password', 'sort_by=Spend', 'sort_by=', 'sort_dir=up', 'platform=a%20b', 'limit=0'])
      expectPortalRefusal(await portal.get(`/results/campaigns?${query}`), 400, 'invalid_value');
    for (const query of ['period_type=day', 'period_end=x'])
      expectPortalRefusal(await portal.get(`/results/campaigns?${query}`), 400, 'invalid_value');
    expectPortalRefusal(await portal.get('/results/campaigns?sort=spend'), 400, 'unknown_member');
  });

  it('has the keys of the specification, and without a dashboard nothing but the flag beside them', async () => {
    const [company, portal] = await newCompany();
    await day(company, '2026-03-02', ADS);
    expect(Object.keys(await campaigns(portal))).toEqual(['period', 'campaigns', 'totals']);
    await work.change('clients', company, { dashboardEnabled: false });
    const empty = (await campaigns(portal)) as Campaigns & { dashboard_enabled?: boolean };
    expect([empty.campaigns, empty.totals['spend'], empty.dashboard_enabled]).toEqual([[], 0, false]);
  });

  it('is of the company alone', async () => {
    const [company] = await newCompany();
    await day(company, '2026-03-02', ADS);
    const [, other] = await newCompany({ parentClientId: company });
    expect((await campaigns(other.as({ group: company }))).campaigns).toEqual([]);
  });
});
