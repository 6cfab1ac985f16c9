import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CAMPAIGN_SORTS, type CampaignSums, sortedCampaigns, totalsOf, withRatios } from './campaigns.js';

const sums = (changes: Partial<CampaignSums> = {}): CampaignSums => ({
  ...{ campaignId: '1', campaignName: 'Spring', platform: 'google_ads', status: 'active', currency: 'EUR' },
  ...{ spend: 0, impressions: 0, clicks: 0, conversions: 0, conversionValue: 0, reach: null },
  ...changes,
});
const SPRING = sums({
  spend: 340,
  impressions: 12_000,
  clicks: 340,
  conversions: 17,
  conversionValue: 1360,
  reach: 8000,
});

describe('A campaign', () => {
  it('has the ratios of its sums', () => {
    expect(withRatios(SPRING)).toEqual({
      ...SPRING,
      ...{ frequency: 1.5, ctr: 2.833333, cpc: 1, cpm: 28.333333, cpa: 20, conversionRate: 5, roas: 4 },
    });
  });

  it('has no ratio on a zero denominator', () => {
    const none = { frequency: null, ctr: null, cpc: null, cpm: null, cpa: null, conversionRate: null, roas: null };
    expect(withRatios(sums())).toMatchObject(none);
    expect(withRatios(sums({ reach: 0, impressions: 5 })).frequency).toBeNull();
  });
});

describe('The totals of campaigns', () => {
  it('have the ratios of all sums, not the mean of ratios', () => {
    const other = sums({
      campaignId: '2',
      spend: 60,
      impressions: 8000,
      clicks: 60,
      conversions: 3,
      conversionValue: 40,
    });
    expect(totalsOf([SPRING, other])).toEqual({
      ...{ currency: 'EUR', spend: 400, impressions: 20_000, clicks: 400, conversions: 20, conversionValue: 1400 },
      ...{ reach: null, frequency: null, ctr: 2, cpc: 1, cpm: 20, cpa: 20, conversionRate: 5, roas: 3.5 },
    });
  });

  it('are nothing of no campaigns, and as the campaign of one', () => {
    expect(totalsOf([])).toMatchObject({ currency: null, spend: 0, impressions: 0, roas: null, reach: null });
    const { campaignId: _id, campaignName: _name, platform: _platform, status: _status, ...total } = withRatios(SPRING);
    expect(totalsOf([SPRING])).toEqual(total);
  });

  it('add no money of several currencies', () => {
    const totals = totalsOf([SPRING, sums({ campaignId: '2', currency: 'USD', spend: 1, clicks: 60 })]);
    expect(totals).toMatchObject({
      currency: null,
      spend: null,
      conversionValue: null,
      clicks: 400,
      cpc: null,
      roas: null,
    });
  });

  it('are the same however the days are cut into campaigns', () => {
    const count = fc.nat(1e6);
    const row = fc.record({
      spend: count,
      impressions: count,
      clicks: count,
      conversions: count,
      conversionValue: count,
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.nat(), (rows, seed) => {
        const cents = rows.map((one) => ({
          ...one,
          spend: one.spend / 100,
          conversionValue: one.conversionValue / 100,
        }));
        const split = 1 + (seed % cents.length);
        const parts = [cents.slice(0, split), cents.slice(split)].filter((part) => part.length > 0);
        const added = parts.map((part, at) => {
          const { currency: _c, reach: _r, ...total } = totalsOf(part.map((one) => sums(one)));
          return sums({ ...total, campaignId: String(at) });
        });
        const [whole, again] = [totalsOf(cents.map((one) => sums(one))), totalsOf(added)];
        expect(again).toEqual(whole);
      }),
    );
  });
});

describe('The order of campaigns', () => {
  const campaigns = [
    withRatios(sums({ campaignId: 'b', campaignName: 'B', spend: 10, clicks: 10 })),
    withRatios(sums({ campaignId: 'c', campaignName: 'C', spend: 5 })),
    withRatios(sums({ campaignId: 'a', campaignName: 'A', spend: 10, clicks: 1 })),
  ];
  const ids = (...order: Parameters<typeof sortedCampaigns> extends [unknown, ...infer Rest] ? Rest : never) =>
    sortedCampaigns(campaigns, ...order)
      .map(({ campaignId }) => campaignId)
      .join('');

  it('is that of a figure, alike ones by their names', () => {
    expect([ids('spend', 'desc'), ids('spend', 'asc')]).toEqual(['abc', 'cab']);
    expect([ids('campaignName', 'asc'), ids('campaignName', 'desc')]).toEqual(['abc', 'cba']);
  });

  it('has what has nothing there last, in either direction', () => {
    expect([ids('cpc', 'asc'), ids('cpc', 'desc')]).toEqual(['bac', 'abc']);
  });

  it('is a total one for every figure', () => {
    for (const sort of CAMPAIGN_SORTS) expect(ids(sort, 'asc')).toHaveLength(3);
    expect(campaigns.map(({ campaignId }) => campaignId).join('')).toBe('bca');
  });
});
