import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type AdSums, type Figure, type Period, periodOf, totalsOf } from '@portico/domain/portal';
import { SqlConnectedPlatforms } from '../../src/portal/results/sql-connected-platforms.js';
import { SqlResultQueries } from '../../src/portal/results/sql-result-queries.js';
import { aClientRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { WorkRows } from '../support/work-rows.js';

type Columns = Readonly<Record<string, unknown>>;

const AT = new Date('2026-04-01T06:00:00Z');
const MARCH = periodOf('month', '2026-03-31');
const HALF = periodOf('month', '2026-03-15');

let test: TestDatabase;
let queries: SqlResultQueries;
let rows: WorkRows;
let firmId: FirmId;
let otherFirm: FirmId;
let company: ClientId;

beforeAll(async () => {
  test = await testDatabase();
  queries = new SqlResultQueries(test.database);
  rows = new WorkRows(test.database, AT);
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  company = await aClientRow(test.database, firmId);
});

const owner = (clientId = company, firm = firmId) => ({ firmId: firm, clientId });
const point = (date: string, value: number, columns: Columns = {}, of = owner()) =>
  rows.add('metric_points', of, { metric_key: 'revenue', platform: 'shopify', date, value, ...columns });
const day = (date: string, columns: Columns = {}, of = owner()) =>
  rows.add('campaign_days', of, {
    ...{ platform: 'google_ads', campaign_id: 'c1', campaign_name: 'Spring', currency: 'EUR', date },
    ...{ spend: 0, impressions: 0, clicks: 0, conversions: 0, conversion_value: 0 },
    ...columns,
  });
const figures = async (period: Period = MARCH, clientId = company, firm = firmId) =>
  queries.figures(firm, clientId, period);
const found = async (key: string, period: Period = MARCH): Promise<Partial<Figure>[]> =>
  (await figures(period)).flatMap(({ metricKey, ...figure }) => (metricKey === key ? [figure] : []));
const sumsOf = async (key: string, period: Period = MARCH) =>
  (await found(key, period)).map(({ platform, isPrior, sum }) => [platform, isPrior, sum]);

/** A client and a firm that have something of each kind, which nobody else must see. */
async function everythingOf(clientId: ClientId, firm: FirmId): Promise<void> {
  const of = owner(clientId, firm);
  await point('2026-03-02', 1, {}, of);
  await day('2026-03-02', { spend: 1 }, of);
  await rows.add('goals', of, { metric: 'Revenue', metric_key: 'revenue', target: 5, period: 'month' });
  const insight = { period_type: 'month', period_end: '2026-03-31', summary: 'Fine', generated_at: AT };
  await rows.add('insights', of, { ...insight, highlights: '[]', recommendations: '[]' });
}

describe('SqlResultQueries', () => {
  it('never answers what is another client’s or another firm’s', async () => {
    const foreign = await aClientRow(test.database, otherFirm);
    await everythingOf(await aClientRow(test.database, firmId), firmId);
    await everythingOf(foreign, otherFirm);
    for (const [firm, client] of [
      [firmId, company],
      [firmId, foreign],
      [otherFirm, company],
    ] as const) {
      expect(await figures(MARCH, client, firm)).toEqual([]);
      expect(await queries.campaigns(firm, client, MARCH, null)).toEqual([]);
      expect(await queries.goals(firm, client, 'month')).toEqual([]);
      expect(await queries.insight(firm, client, MARCH)).toBeNull();
    }
    expect(await queries.standing(otherFirm, company)).toEqual({ isEnabled: false, timeZone: 'UTC' });
    expect(await figures(MARCH, foreign, otherFirm)).not.toEqual([]);
  });

  it('sum the days of a period, and of the one before up to the same offset, the first and the last counted', async () => {
    const days = ['2026-03-01', '2026-03-15', '2026-03-16', '2026-02-01', '2026-02-15', '2026-02-16', '2026-01-31'];
    for (const [at, date] of days.entries()) await point(date, 10 ** at);
    await point('2026-04-01', 10 ** 9);
    expect(await sumsOf('revenue', HALF)).toEqual([
      ['shopify', false, 11],
      ['shopify', true, 11_000],
    ]);
    expect(await sumsOf('revenue')).toEqual([
      ['shopify', false, 111],
      ['shopify', true, 111_000],
    ]);
  });

  it('tell what came with the newest figures', async () => {
    await point('2026-03-01', 1, { metric_label: 'Old', unit: 'EUR' });
    await point('2026-03-09', 1, { metric_label: 'New', unit: 'EUR' });
    await point('2026-03-10', 1, { unit: 'EUR' });
    expect(await found('revenue')).toEqual([
      { platform: 'shopify', isPrior: false, label: 'New', unit: 'EUR', sum: 3, count: 3 },
    ]);
  });

  it('sum to the last digit', async () => {
    for (let at = 1; at <= 10; at++) await point(`2026-03-${String(at).padStart(2, '0')}`, 0.1);
    await point('2026-03-11', 99_999_999_999.0001);
    expect(await sumsOf('revenue')).toEqual([['shopify', false, 100_000_000_000.0001]]);
  });

  it('count campaigns where there is no value of the metric itself on that day and platform', async () => {
    await day('2026-03-01', { spend: 5, clicks: 50 });
    await day('2026-03-01', { spend: 7, clicks: 70, campaign_id: 'c2' });
    await day('2026-03-02', { spend: 11 });
    await day('2026-03-01', { spend: 13, platform: 'meta_ads' });
    await point('2026-03-01', 12.5, { platform: 'google_ads', metric_key: 'spend', unit: 'EUR' });
    await point('2026-03-02', 100, { platform: null, metric_key: 'spend', unit: 'EUR' });
    const spend = await sumsOf('spend');
    const due = [
      ['google_ads', false, 23.5],
      ['meta_ads', false, 13],
      [null, false, 100],
    ];
    expect([spend.length, spend]).toEqual([3, expect.arrayContaining(due)]);
    expect(await sumsOf('clicks')).toEqual(expect.arrayContaining([['google_ads', false, 120]]));
    const { length } = await figures();
    expect(length).toBe(3 + 4 * 2);
  });

  it('keep money of several currencies apart', async () => {
    await day('2026-03-01', { spend: 5, clicks: 1 });
    await day('2026-03-01', { spend: 7, clicks: 2, currency: 'USD', campaign_id: 'c2' });
    const spend = await found('spend');
    expect(spend.map(({ unit, sum }) => [unit, sum]).sort()).toEqual([
      ['EUR', 5],
      ['USD', 7],
    ]);
    expect(await sumsOf('clicks')).toEqual([['google_ads', false, 3]]);
  });

  it('sum campaigns over the days of the period', async () => {
    await day('2026-02-28', { spend: 100 });
    await day('2026-03-01', {
      spend: 1.1,
      impressions: 10,
      clicks: 2,
      conversions: 0.5,
      conversion_value: 4,
      reach: 7,
    });
    const renamed = { campaign_name: 'Summer', status: 'paused' };
    await day('2026-03-31', { spend: 2.2, impressions: 20, clicks: 3, conversions: 0.25, reach: 8, ...renamed });
    await day('2026-03-05', { platform: 'meta_ads', spend: 3, reach: 9, status: 'active' });
    const base = { campaignId: 'c1', currency: 'EUR' };
    const google = {
      ...{ ...base, platform: 'google_ads', campaignName: 'Summer', status: 'paused', reach: null },
      ...{ spend: 3.3, impressions: 30, clicks: 5, conversions: 0.75, conversionValue: 4 },
    };
    const meta = {
      ...{ ...base, platform: 'meta_ads', campaignName: 'Spring', status: 'active', reach: 9 },
      ...{ spend: 3, impressions: 0, clicks: 0, conversions: 0, conversionValue: 0 },
    };
    const all = await queries.campaigns(firmId, company, MARCH, null);
    expect(all.toSorted((one, other) => (one.platform < other.platform ? -1 : 1))).toEqual([google, meta]);
    expect(await queries.campaigns(firmId, company, MARCH, 'meta_ads')).toEqual([meta]);
    expect(await queries.campaigns(firmId, company, MARCH, 'tiktok_ads')).toEqual([]);
  });

  it('have totals that are the sum over any partition of the days', async () => {
    const amount = fc.nat(99_999);
    const row = fc.record({ at: fc.nat(30), campaign: fc.nat(3), spend: amount, clicks: amount, conversions: amount });
    const all = fc.sample(fc.uniqueArray(row, { selector: ({ at, campaign }) => `${at} ${campaign}`, minLength: 40 }), {
      numRuns: 1,
      seed: 7,
    })[0];
    for (const { at, campaign, spend, clicks, conversions } of all ?? [])
      await day(`2026-03-${String(at + 1).padStart(2, '0')}`, {
        ...{ campaign_id: String(campaign), spend: spend / 100, impressions: clicks * 3, clicks },
        ...{ conversions: conversions / 10_000, conversion_value: spend / 50 },
      });
    const total = async (start: string, end: string): Promise<AdSums> =>
      totalsOf(await queries.campaigns(firmId, company, { ...MARCH, start, end }, null));
    const whole = await total('2026-03-01', '2026-03-31');
    const KEYS = ['spend', 'impressions', 'clicks', 'conversions', 'conversionValue'] as const;
    const cuts = fc.sample(fc.integer({ min: 1, max: 30 }), { numRuns: 10, seed: 11 });
    for (const cut of cuts) {
      const [last, next] = [cut, cut + 1].map((at) => `2026-03-${String(at).padStart(2, '0')}`) as [string, string];
      const [head, tail] = [await total('2026-03-01', last), await total(next, '2026-03-31')];
      for (const key of KEYS) expect(Number(head[key]) + Number(tail[key])).toBeCloseTo(Number(whole[key]), 4);
    }
    const inMetrics = new Map((await figures()).map(({ metricKey, sum }) => [metricKey, sum]));
    expect([inMetrics.get('spend'), inMetrics.get('clicks')]).toEqual([whole.spend, whole.clicks]);
  });

  it('answer the goals of a type of period', async () => {
    const goal = { metric: 'Revenue', metric_key: 'revenue', unit: 'EUR', metric_label: 'Sales' };
    await rows.add('goals', owner(), { ...goal, target: 12_345.6789, period: 'quarter' });
    expect(await queries.goals(firmId, company, 'quarter')).toEqual([
      { metricKey: 'revenue', metric: 'Revenue', label: 'Sales', unit: 'EUR', target: 12_345.6789 },
    ]);
    expect(await queries.goals(firmId, company, 'month')).toEqual([]);
  });

  it('find the newest insight about the whole period, wherever it is cut', async () => {
    const insight = async (summary: string, columns: Columns) =>
      rows.add('insights', owner(), {
        ...{ period_type: 'month', period_end: '2026-03-31', highlights: '["a"]', recommendations: '[]' },
        ...{ summary, health_score: 82, generated_at: AT, ...columns },
      });
    await insight('February', { period_end: '2026-02-28' });
    await insight('April', { period_end: '2026-04-01' });
    await insight('Quarter', { period_type: 'quarter' });
    expect(await queries.insight(firmId, company, HALF)).toBeNull();
    await insight('Old', {});
    await insight('New', { period_end: '2026-03-14', generated_at: new Date('2026-04-02T06:00:00Z') });
    for (const period of [HALF, MARCH])
      expect(await queries.insight(firmId, company, period)).toEqual({
        ...{ summary: 'New', healthScore: 82, highlights: ['a'], recommendations: [] },
        generatedAt: new Date('2026-04-02T06:00:00Z'),
      });
  });

  it('tell whether a client has a dashboard, and where it is', async () => {
    expect(await queries.standing(firmId, company)).toEqual({ isEnabled: true, timeZone: 'UTC' });
    await test.database.em
      .fork()
      .execute(`update clients set dashboard_enabled = false, time_zone = 'Asia/Tokyo' where id = ?`, [company]);
    expect(await queries.standing(firmId, company)).toEqual({ isEnabled: false, timeZone: 'Asia/Tokyo' });
  });

  it('read the days of the client alone: the index that leads to them serves', async () => {
    const em = test.database.em.fork();
    const other = await aClientRow(test.database, firmId);
    await em.execute(
      `insert into metric_points (id, firm_id, client_id, platform, metric_key, date, value, created_at, updated_at)
       select gen_random_uuid(), ?, c, 'shopify', 'k' || k, date '2025-01-01' + d, 1, now(), now()
       from unnest(?::bigint[]) c, generate_series(1, 10) k, generate_series(1, 600) d`,
      [firmId, `{${other},${company}}`],
    );
    await em.execute('analyze metric_points');
    const plan: { 'QUERY PLAN': string }[] = await em.execute(
      `explain select * from metric_points where firm_id = ? and client_id = ?
         and (date between '2026-03-01' and '2026-03-31' or date between '2026-02-01' and '2026-02-28')`,
      [firmId, company],
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('metric_points_day_key');
    expect(text).not.toContain('Seq Scan');
  });
});

describe('SqlConnectedPlatforms', () => {
  it('names the platforms to which the client is connected now, each once', async () => {
    const platforms = new SqlConnectedPlatforms(test.database);
    const em = test.database.em.fork();
    await em.execute(
      `insert into sealing_keys (version, sealed, created_at) values (1, '', now()) on conflict do nothing`,
    );
    const connect = (platform: string, account: string, columns: Columns = {}) =>
      rows.add('platform_connections', owner(), {
        ...{ platform, account_id: account, source: 'client', display_name: 'Shop', status: 'connected', sealed: 'x' },
        ...{ key_version: 1, connected_at: AT, sync_state: 'idle', sync_starts: 0, sync_days_done: 0 },
        ...columns,
      });
    await connect('shopify', 'a');
    await connect('google_ads', 'a');
    await connect('google_ads', 'b');
    await connect('ga4', 'a', { status: 'error' });
    await connect('tiktok_ads', 'a', { status: 'disconnected', removed_at: AT, sealed: null, key_version: null });
    expect(await platforms.of(firmId, company)).toEqual(['google_ads', 'shopify']);
    expect(await platforms.of(otherFirm, company)).toEqual([]);
    expect(await platforms.of(firmId, await aClientRow(test.database, firmId))).toEqual([]);
  });
});
