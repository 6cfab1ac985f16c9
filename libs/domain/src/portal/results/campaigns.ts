import { ratioOf, rounded } from './numbers.js';

/** What ads cost and brought. Money is null when it is of several currencies. */
export interface AdSums {
  /** The currency of the money; null when there are several, or none. */
  readonly currency: string | null;
  readonly spend: number | null;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly conversionValue: number | null;
  /** People who saw one. Those of two days are partly the same, so it is known of a single day only. */
  readonly reach: number | null;
}

/** The sums of one campaign over a period. */
export interface CampaignSums extends AdSums {
  /** The platform's own id of it. */
  readonly campaignId: string;
  readonly platform: string;
  /** The newest that came with it. */
  readonly campaignName: string;
  readonly status: string | null;
}

/** What follows from sums; each null on a zero denominator. */
export interface AdRatios {
  readonly frequency: number | null;
  /** In per cent, of impressions. */
  readonly ctr: number | null;
  readonly cpc: number | null;
  /** For a thousand impressions. */
  readonly cpm: number | null;
  readonly cpa: number | null;
  /** In per cent, of clicks. */
  readonly conversionRate: number | null;
  readonly roas: number | null;
}

export type Totals = AdSums & AdRatios;
export type Campaign = CampaignSums & AdRatios;

/** By what campaigns are sorted. */
export const CAMPAIGN_SORTS = [
  ...(['spend', 'impressions', 'clicks', 'conversions', 'conversionValue', 'reach', 'frequency'] as const),
  ...(['ctr', 'cpc', 'cpm', 'cpa', 'conversionRate', 'roas', 'campaignName', 'platform'] as const),
] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

/** `sums` with what follows from them. */
export function withRatios<Sums extends AdSums>(sums: Sums): Sums & AdRatios {
  const { spend, impressions, clicks, conversions, conversionValue, reach } = sums;
  return {
    ...sums,
    frequency: reach === null ? null : ratioOf(impressions, reach),
    ctr: ratioOf(clicks, impressions, 100),
    cpc: ratioOf(spend, clicks),
    cpm: ratioOf(spend, impressions, 1000),
    cpa: ratioOf(spend, conversions),
    conversionRate: ratioOf(conversions, clicks, 100),
    roas: ratioOf(conversionValue, spend),
  };
}

/** The sums of all of them, and what follows. */
export function totalsOf(campaigns: readonly CampaignSums[]): Totals {
  const [currency = null, ...others] = new Set(campaigns.map((campaign) => campaign.currency));
  const sum = (what: 'spend' | 'impressions' | 'clicks' | 'conversions' | 'conversionValue') =>
    rounded(campaigns.reduce((total, campaign) => total + (campaign[what] ?? 0), 0));
  const isOneCurrency = others.length === 0;
  const [only, ...more] = campaigns;
  return withRatios({
    currency: isOneCurrency ? currency : null,
    spend: isOneCurrency ? sum('spend') : null,
    impressions: sum('impressions'),
    clicks: sum('clicks'),
    conversions: sum('conversions'),
    conversionValue: isOneCurrency ? sum('conversionValue') : null,
    reach: more.length === 0 ? (only?.reach ?? null) : null,
  });
}

/** In the order of `sort`, what has nothing there last; what is alike is in the order of names and ids. */
export function sortedCampaigns(
  campaigns: readonly Campaign[],
  sort: CampaignSort,
  direction: 'asc' | 'desc',
): Campaign[] {
  const sign = direction === 'asc' ? 1 : -1;
  return campaigns.toSorted((one, other) => {
    const [a, b] = [one[sort], other[sort]];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || inOrder(one, other);
    return sign * compared(a, b) || inOrder(one, other);
  });
}

const compared = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (one: Campaign, other: Campaign): number =>
  compared(one.campaignName, other.campaignName) ||
  compared(one.platform, other.platform) ||
  compared(one.campaignId, other.campaignId) ||
  compared(one.currency ?? '', other.currency ?? '');
