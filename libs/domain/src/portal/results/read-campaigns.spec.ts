import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, StaticResults } from '@portico/testing';
import type { CampaignSums } from './campaigns.js';
import { ReadCampaigns } from './read-campaigns.js';

const actor = aPortalUser();

describe('ReadCampaigns', () => {
  const results = new StaticResults();
  const read = new ReadCampaigns(results, new FixedClock());
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

  it('ends the period today where the company is, unless an end is given', async () => {
    const clock = new FixedClock(new Date('2026-04-30T13:00:00Z'));
    results.current = { isEnabled: true, timeZone: 'Pacific/Auckland' };
    const { period } = await new ReadCampaigns(results, clock).execute(actor, { ...asked, end: null });
    expect([period.start, period.end]).toEqual(['2026-05-01', '2026-05-01']);
  });

  it('is empty without a dashboard', async () => {
    results.current = { isEnabled: false, timeZone: 'UTC' };
    const { campaigns, totals, isEnabled } = await read.execute(actor, asked);
    expect([campaigns, totals.spend, isEnabled]).toEqual([[], 0, false]);
  });
});
