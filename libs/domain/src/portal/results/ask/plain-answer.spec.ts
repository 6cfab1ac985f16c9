import { describe, expect, it } from '@jest/globals';
import { type CampaignSums, totalsOf, withRatios } from '../campaigns.js';
import type { Figure, Goal } from '../figure.js';
import { metricsOf } from '../metrics.js';
import { periodOf } from '../period.js';
import type { Briefing } from './analyst.js';
import { PlainAnalyst, plainAnswer } from './plain-answer.js';

const PERIOD = periodOf('month', '2026-03-31');
const HEAD = 'From 2026-03-01 to 2026-03-31, compared with 2026-02-01 to 2026-02-28:';

const figure = (metricKey: string, sum: number, platform: string, changes: Partial<Figure> = {}): Figure => ({
  ...{ metricKey, sum, platform, isPrior: false, label: null, unit: null, count: 30 },
  ...changes,
});
const campaign = (campaignName: string, platform: string, sums: Partial<CampaignSums>) =>
  withRatios<CampaignSums>({
    ...{ campaignId: campaignName, campaignName, platform, status: null, currency: 'EUR', reach: null },
    ...{ spend: 0, impressions: 0, clicks: 0, conversions: 0, conversionValue: 0 },
    ...sums,
  });

const EUR = { unit: 'EUR' };
const FIGURES = [
  figure('revenue', 8123.75, 'shopify', EUR),
  figure('revenue', 7221.11, 'shopify', { ...EUR, isPrior: true }),
  ...[figure('spend', 300, 'google_ads', EUR), figure('spend', 100, 'meta_ads', EUR)],
  ...[figure('clicks', 500, 'google_ads'), figure('clicks', 500, 'google_ads', { isPrior: true })],
];
const GOALS: Goal[] = [{ metricKey: 'revenue', metric: 'Revenue', label: null, unit: null, target: 10_000 }];
const CAMPAIGNS = [
  campaign('Spring', 'google_ads', { spend: 300, conversions: 10, conversionValue: 900 }),
  campaign('Video', 'meta_ads', { spend: 100, conversions: 5, conversionValue: 500 }),
];

const briefing = (changes: Partial<Briefing> = {}): Briefing => ({
  period: PERIOD,
  metrics: metricsOf(PERIOD, FIGURES, GOALS),
  platforms: ['google_ads', 'meta_ads', 'shopify'].map((platform) => ({
    platform,
    metrics: metricsOf(
      PERIOD,
      FIGURES.filter((one) => one.platform === platform),
      [],
    ),
  })),
  campaigns: CAMPAIGNS,
  totals: totalsOf(CAMPAIGNS),
  summary: null,
  ...changes,
});
const answer = (question: string, changes: Partial<Briefing> = {}) => plainAnswer(question, briefing(changes));

const REVENUE =
  'Revenue was 8,123.75 EUR, 12.5 % more than 7,221.11 EUR before; the target is 10,000 EUR, which is at risk.';

describe('The answer from the figures', () => {
  it('tells the metric that the question names, with the period, the one before and the goal', () => {
    for (const question of ['How is our revenue?', 'REVENUE', 'what about sales', 'Did we reach our turnover goal?'])
      expect(answer(question)).toBe(`${HEAD} ${REVENUE}`);
    expect(answer('How many clicks?')).toBe(`${HEAD} Clicks was 500, as much as 500 before.`);
  });

  it('takes the longest name: the cost per click is not also the cost', () => {
    expect(answer('What is the cost per click?')).toBe(`${HEAD} CPC was 0.8 EUR.`);
    expect(answer('What did the clicks cost?')).toMatch(/Ad spend was 400 EUR.*Clicks was 500/);
  });

  it('says when there is nothing of what is named', () => {
    expect(answer('And the orders?')).toBe(`${HEAD} There are no figures for Orders.`);
    const none = { metrics: [], platforms: [], campaigns: [] };
    expect(answer('How is revenue?', none)).toBe(
      'From 2026-03-01 to 2026-03-31 there are no figures, nor from 2026-02-01 to 2026-02-28.',
    );
  });

  it('tells of single platforms when they are named, or are to be compared', () => {
    const meta = 'meta_ads: Ad spend was 100 EUR.';
    expect(answer('How does facebook do?')).toBe(`${HEAD}\n${meta}`);
    expect(answer('Compare the spend of google and meta')).toBe(
      `${HEAD}\ngoogle_ads: Ad spend was 300 EUR.\nmeta_ads: Ad spend was 100 EUR.`,
    );
    expect(answer('Which platforms brought revenue?').split('\n')).toHaveLength(4);
    expect(answer('Compare our revenue, please').split('\n')).toHaveLength(4);
    expect(answer('Compare our revenue with last month')).toBe(`${HEAD} ${REVENUE}`);
  });

  it('finds the best campaign, and the worst, by ROAS unless something else is named', () => {
    expect(answer('What is our best campaign?')).toBe(
      `${HEAD} The best campaign by ROAS was Video (meta_ads): 100 EUR spent, 5 conversions, ROAS 5, CPA 20 EUR.`,
    );
    expect(answer('the worst ad by CPA')).toContain('The worst campaign by CPA was Spring (google_ads)');
    expect(answer('best campaign by cpa')).toContain('was Video');
    expect(answer('Which campaign has the most conversions?')).toContain('by Conversions was Spring');
    expect(answer('best campaign on google')).toContain('The best campaign of google_ads by ROAS was Spring');
    expect(answer('best campaign', { campaigns: [] })).toBe(`${HEAD} There is no campaign with figures.`);
  });

  it('tells how the client does in general when it recognises nothing, goals first', () => {
    const all = answer('Wie geht es uns?', { summary: 'The sale paid off.' });
    expect(all).toMatch(/^From 2026-03-01 .*: Revenue was .* Ad spend was 400 EUR\..* In short: The sale paid off\.$/);
  });

  it('does not know what can not be told', () => {
    const figures = [figure('spend', 5, 'google_ads'), figure('clicks', 0, 'google_ads')];
    expect(answer('cpc?', { metrics: metricsOf(PERIOD, figures, []) })).toBe(`${HEAD} CPC was unknown.`);
  });

  it('is always the same, and is what the plain analyst says', async () => {
    const question = 'best campaign and revenue of google, compared';
    expect(new Set(Array.from({ length: 5 }, () => answer(question))).size).toBe(1);
    expect(await new PlainAnalyst().answer(question, briefing())).toBe(answer(question));
  });
});
