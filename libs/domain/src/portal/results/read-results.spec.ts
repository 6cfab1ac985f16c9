import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, StaticPlatforms, StaticResults } from '@portico/testing';
import type { CampaignSums } from './campaigns.js';
import { ReadCampaigns } from './read-campaigns.js';
import { ReadResults } from './read-results.js';

/** In Auckland the first of May has begun. */
const CLOCK = new FixedClock(new Date('2026-04-30T13:00:00Z'));
const actor = aPortalUser();

describe('ReadResults', () => {
  const results = new StaticResults();
  const read = new ReadResults(results, new StaticPlatforms(['shopify']), CLOCK);
  results.figuresOf = [
    { ...{ metricKey: 'revenue', platform: 'shopify', isPrior: false, label: null, unit: 'EUR', sum: 10, count: 1 } },
  ];
  const goal = { metricKey: 'revenue', metric: 'Revenue', label: null, unit: null };
  results.goalsOf = { month: [{ ...goal, target: 100 }], quarter: [{ ...goal, target: 300 }] };

  it('ends the period today where the company is, unless an end is given', async () => {
    const end = async () => (await read.execute(actor, { type: 'month', end: null })).period.end;
    expect(await end()).toBe('2026-04-30');
    results.current = { isEnabled: true, timeZone: 'Pacific/Auckland' };
    expect(await end()).toBe('2026-05-01');
    const given = await read.execute(actor, { type: 'week', end: '2026-01-01' });
    expect(given.period).toMatchObject({ type: 'week', start: '2025-12-29', end: '2026-01-01' });
  });

  it('measures against the goals of that type of period', async () => {
    const target = async (type: 'month' | 'quarter' | 'year') =>
      (await read.execute(actor, { type, end: '2026-03-31' })).metrics.map((metric) => metric.target);
    expect([await target('month'), await target('quarter'), await target('year')]).toEqual([[100], [300], [null]]);
  });

  it('is empty without a dashboard, and says so', async () => {
    results.current = { isEnabled: false, timeZone: 'UTC' };
    expect(await read.execute(actor, { type: 'month', end: '2026-03-31' })).toEqual({
      ...{ metrics: [], insight: null, connectedPlatforms: [], isEnabled: false },
      period: expect.objectContaining({ start: '2026-03-01' }),
    });
  });
});

describe('ReadCampaigns', () => {
  const results = new StaticResults();
  const read = new ReadCampaigns(results, CLOCK);
  const asked = {
    type: 'month',
    end: '2026-03-31',
    platform: null,
    sort: 'spend',
    direction: 'desc',
    limit: 1000,
    offset: 0,
  } as const;
  const sums = (at: number): CampaignSums => ({
    ...{ campaignId: String(at), campaignName: `Campaign ${at}`, platform: at % 2 ? 'meta_ads' : 'google_ads' },
    ...{ status: null, currency: 'EUR', spend: at, impressions: 1, clicks: 1, conversions: 1, conversionValue: 1 },
    reach: null,
  });
  results.sums = Array.from({ length: 1005 }, (_, at) => sums(at));

  it('shows the part of the order that is asked for, with the totals of all', async () => {
    const { campaigns, totals } = await read.execute(actor, asked);
    expect([campaigns.length, campaigns[0]?.spend, campaigns.at(-1)?.spend]).toEqual([1000, 1004, 5]);
    expect([totals.impressions, totals.spend]).toEqual([1005, (1004 * 1005) / 2]);
    const up = await read.execute(actor, { ...asked, direction: 'asc' });
    expect(up.campaigns[0]?.spend).toBe(0);
    const rest = await read.execute(actor, { ...asked, limit: 3, offset: 1003 });
    expect([rest.campaigns.map(({ spend }) => spend), rest.totals]).toEqual([[1, 0], totals]);
  });

  it('shows those of one platform, with their totals', async () => {
    const { campaigns, totals } = await read.execute(actor, { ...asked, platform: 'meta_ads' });
    expect([new Set(campaigns.map(({ platform }) => platform)), totals.impressions]).toEqual([
      new Set(['meta_ads']),
      502,
    ]);
  });

  it('is empty without a dashboard', async () => {
    results.current = { isEnabled: false, timeZone: 'UTC' };
    const { campaigns, totals, isEnabled } = await read.execute(actor, asked);
    expect([campaigns, totals.spend, isEnabled]).toEqual([[], 0, false]);
  });
});
