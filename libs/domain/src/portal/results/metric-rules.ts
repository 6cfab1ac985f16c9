/** How a metric is made of the figures of a period. */
export type MetricRule =
  /** The sum of its days. */
  | { readonly kind: 'sum' }
  /** Not additive: known only when there is a single value. */
  | { readonly kind: 'single' }
  /** Of two sums, `times` as much. */
  | { readonly kind: 'ratio'; readonly of: string; readonly by: string; readonly times: number };

interface KnownMetric {
  readonly label: string;
  readonly rule: MetricRule;
  /** Of a ratio; `currency` is that of the money in it. Sums have the unit that came with them. */
  readonly unit?: '%' | 'currency';
  readonly isLowerBetter?: true;
}

const SUM: MetricRule = { kind: 'sum' };
const ratio = (of: string, by: string, times = 1): MetricRule => ({ kind: 'ratio', of, by, times });

/** In the order in which they are shown; after them come all others, which are sums. */
const KNOWN: Readonly<Record<string, KnownMetric>> = {
  revenue: { label: 'Revenue', rule: SUM },
  orders: { label: 'Orders', rule: SUM },
  aov: { label: 'Average order value', rule: ratio('revenue', 'orders'), unit: 'currency' },
  sessions: { label: 'Sessions', rule: SUM },
  spend: { label: 'Ad spend', rule: SUM },
  conversion_value: { label: 'Conversion value', rule: SUM },
  roas: { label: 'ROAS', rule: ratio('conversion_value', 'spend') },
  conversions: { label: 'Conversions', rule: SUM },
  cpa: { label: 'CPA', rule: ratio('spend', 'conversions'), unit: 'currency', isLowerBetter: true },
  conversion_rate: { label: 'Conversion rate', rule: ratio('conversions', 'clicks', 100), unit: '%' },
  clicks: { label: 'Clicks', rule: SUM },
  cpc: { label: 'CPC', rule: ratio('spend', 'clicks'), unit: 'currency', isLowerBetter: true },
  impressions: { label: 'Impressions', rule: SUM },
  ctr: { label: 'CTR', rule: ratio('clicks', 'impressions', 100), unit: '%' },
  cpm: { label: 'CPM', rule: ratio('spend', 'impressions', 1000), unit: 'currency', isLowerBetter: true },
  reach: { label: 'Reach', rule: { kind: 'single' } },
  frequency: { label: 'Frequency', rule: { kind: 'single' } },
};

/** The metrics that are ratios, in the order in which they are shown. */
export const RATIOS: readonly string[] = Object.entries(KNOWN).flatMap(([key, { rule }]) =>
  rule.kind === 'ratio' ? [key] : [],
);

/** The metrics that everybody knows, in the order in which they are shown. */
export const KNOWN_METRICS: readonly string[] = Object.keys(KNOWN);

const knownOf = (key: string): KnownMetric | undefined => (Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined);

export const ruleOf = (key: string): MetricRule => knownOf(key)?.rule ?? SUM;
export const isLowerBetter = (key: string): boolean => knownOf(key)?.isLowerBetter === true;

/** What a ratio is counted in: `%`, the currency of its money, or nothing. */
export function unitOfRatio(key: string, currency: string | null): string | null {
  const unit = knownOf(key)?.unit ?? null;
  return unit === 'currency' ? currency : unit;
}

/** What people call a metric that nobody has named: `page_views` is Page views. */
export function labelOf(key: string): string {
  const words = key.replace(/[_.-]+/g, ' ').trim();
  return knownOf(key)?.label ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Known metrics in their order, then the others by their keys. */
export function byOrder(one: string, other: string): number {
  const place = (key: string) => (KNOWN_METRICS.includes(key) ? KNOWN_METRICS.indexOf(key) : KNOWN_METRICS.length);
  return place(one) - place(other) || (one < other ? -1 : 1);
}
