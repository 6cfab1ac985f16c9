import { KNOWN_METRICS, labelOf } from '../metric-rules.js';
import type { Briefing } from './analyst.js';
import { words } from './words.js';

/** Other words for metrics; their keys and labels are known anyway. */
const METRIC_WORDS: Readonly<Record<string, readonly string[]>> = {
  revenue: ['sales', 'turnover', 'income'],
  orders: ['order'],
  aov: ['basket', 'order value'],
  spend: ['cost', 'costs', 'spent', 'spending', 'advertising'],
  roas: ['return on ad spend', 'return'],
  cpa: ['cost per acquisition', 'cost per conversion'],
  cpc: ['cost per click'],
  cpm: ['cost per thousand'],
  ctr: ['click rate', 'click through rate'],
  conversion_rate: ['cvr'],
};
/** Other words for platforms; the first word of their keys is known anyway. */
const PLATFORM_WORDS: Readonly<Record<string, readonly string[]>> = {
  meta_ads: ['facebook', 'instagram'],
  google_ads: ['adwords'],
  ga4: ['analytics'],
};
const BEST = ['best', 'top', 'strongest', 'highest', 'most'];
const WORST = ['worst', 'weakest', 'poorest', 'lowest', 'least'];
const SOURCES = ['platform', 'platforms', 'channel', 'channels', 'source', 'sources'];
const COMPARED = ['compare', 'compared', 'comparison', 'versus', 'vs'];
/** With these, periods are compared: each answer does that. */
const TIMES = ['last', 'previous', 'prior', 'before', 'period', 'earlier'];

/** What is recognised in a question. */
export interface Asked {
  /** The keys of the metrics that it names; those of which there are no figures too. */
  readonly metrics: readonly string[];
  readonly platforms: readonly string[];
  /** Whether platforms are to be put side by side. */
  readonly isComparison: boolean;
  /** Which campaign is looked for; null when none is. */
  readonly campaign: 'best' | 'worst' | null;
}

/** What a question names of the figures that there are, in English. */
export function askedOf(question: string, { metrics, platforms }: Briefing): Asked {
  const text = words(question);
  const labels = new Map(metrics.map(({ key, label }) => [key, label]));
  const keys = [...new Set([...labels.keys(), ...KNOWN_METRICS])];
  const isAny = (many: readonly string[]) => many.some((one) => text.includes(words(one)));
  const good = isAny(BEST) ? 'best' : null;
  const rank = isAny(WORST) ? 'worst' : good;
  return {
    metrics: longestOnly(text, keys, labels),
    platforms: platforms.flatMap(({ platform }) => {
      const [head = platform] = platform.split('_');
      return isAny([platform, head, ...(PLATFORM_WORDS[platform] ?? [])]) ? [platform] : [];
    }),
    isComparison: isAny(SOURCES) || (isAny(COMPARED) && !isAny(TIMES)),
    campaign: isAny(['campaign', 'campaigns', 'ad', 'ads']) ? rank : null,
  };
}

/** The metrics that are named; "cost per click" is not also about the cost. */
function longestOnly(text: string, keys: readonly string[], labels: ReadonlyMap<string, string>): string[] {
  const found = keys.flatMap((key) => {
    const names = [key, labelOf(key), labels.get(key) ?? key, ...(METRIC_WORDS[key] ?? [])].map(words);
    const named = names.filter((name) => name.trim() !== '' && text.includes(name));
    return named.map((name) => ({ key, name }));
  });
  const apart = found.filter(({ name }) => !found.some((other) => other.name !== name && other.name.includes(name)));
  return [...new Set(apart.map(({ key }) => key))];
}
