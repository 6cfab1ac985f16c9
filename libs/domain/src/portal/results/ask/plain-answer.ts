import { type Campaign, type CampaignSort, sortedCampaigns } from '../campaigns.js';
import { isLowerBetter, labelOf } from '../metric-rules.js';
import type { Metric } from '../metrics.js';
import type { TrackingStatus } from '../tracking.js';
import { Analyst, type Briefing, type PlatformMetrics } from './analyst.js';
import { type Asked, askedOf } from './question.js';

/** How many metrics a summary names. */
const MOST = 6;
const STANDING: Readonly<Record<Exclude<TrackingStatus, 'no_target'>, string>> = {
  achieved: 'which is reached',
  on_track: 'which is on track',
  at_risk: 'which is at risk',
  behind: 'of which it is behind',
};
/** The figures of campaigns by the keys of metrics. */
const OF_CAMPAIGN: Readonly<Record<string, CampaignSort>> = {
  ...{ spend: 'spend', impressions: 'impressions', clicks: 'clicks', conversions: 'conversions', reach: 'reach' },
  ...{ conversion_value: 'conversionValue', revenue: 'conversionValue', conversion_rate: 'conversionRate' },
  ...{ ctr: 'ctr', cpc: 'cpc', cpm: 'cpm', cpa: 'cpa', roas: 'roas' },
};

/** Answers from the figures themselves, the same to the same question. */
export class PlainAnalyst extends Analyst {
  answer(question: string, briefing: Briefing): Promise<string> {
    return Promise.resolve(plainAnswer(question, briefing));
  }
}

/** What the figures say to a question; to one that names nothing of them, how the client does in general. */
export function plainAnswer(question: string, briefing: Briefing): string {
  const { period, metrics, platforms } = briefing;
  const when = `From ${period.start} to ${period.end}`;
  if (metrics.length === 0) return `${when} there are no figures, nor from ${period.priorStart} to ${period.priorEnd}.`;
  const asked = askedOf(question, briefing);
  const head = `${when}, compared with ${period.priorStart} to ${period.priorEnd}:`;
  if (asked.campaign !== null) return [head, campaignLine(asked, asked.campaign, briefing)].join(' ');
  const chosen = platforms.filter(({ platform }) => asked.platforms.includes(platform));
  const apart = chosen.length > 0 ? chosen : asked.isComparison && platforms.length > 1 ? platforms : null;
  if (apart) return [head, ...apart.map((one) => platformLine(one, asked))].join('\n');
  const lines = asked.metrics.length > 0 ? linesOf(asked.metrics, metrics) : summaryOf(briefing);
  return [head, ...lines].join(' ');
}

function summaryOf({ metrics, summary }: Briefing): string[] {
  const [aims, others] = [
    metrics.filter(({ target }) => target !== null),
    metrics.filter((one) => one.target === null),
  ];
  const lines = [...aims, ...others].slice(0, MOST).map(sentence);
  return summary === null ? lines : [...lines, `In short: ${summary}`];
}

function platformLine({ platform, metrics }: PlatformMetrics, asked: Asked): string {
  const lines = asked.metrics.length > 0 ? linesOf(asked.metrics, metrics) : metrics.slice(0, MOST).map(sentence);
  return `${platform}: ${lines.join(' ')}`;
}

/** Those that are named and measured; only when none is, that there is nothing of them: a word may mean something else. */
function linesOf(keys: readonly string[], metrics: readonly Metric[]): string[] {
  const measured = metrics.filter(({ key }) => keys.includes(key));
  if (measured.length > 0) return measured.map(sentence);
  return keys.map((key) => `There are no figures for ${labelOf(key)}.`);
}

/** `Revenue was 8,123.75 EUR, 12.5 % more than 7,221.11 EUR before; the target is 250,000 EUR, which is on track.` */
function sentence({ label, unit, value, priorValue, deltaPct, target, trackingStatus }: Metric): string {
  const parts = [`${label} was ${amount(value, unit)}`];
  if (deltaPct !== null && priorValue !== null) parts.push(`, ${change(deltaPct)} ${amount(priorValue, unit)} before`);
  if (target !== null && trackingStatus !== 'no_target')
    parts.push(`; the target is ${amount(target, unit)}, ${STANDING[trackingStatus]}`);
  return `${parts.join('')}.`;
}

function change(deltaPct: number): string {
  if (deltaPct === 0) return 'as much as';
  return `${amount(Math.abs(deltaPct), '%')} ${deltaPct > 0 ? 'more' : 'less'} than`;
}

function campaignLine(asked: Asked, which: 'best' | 'worst', { campaigns, platforms }: Briefing): string {
  const among = campaigns.filter(({ platform }) => asked.platforms.length === 0 || asked.platforms.includes(platform));
  const named = asked.metrics.find((key) => OF_CAMPAIGN[key] !== undefined);
  const isRated = among.some(({ roas }) => roas !== null);
  const key = named ?? (isRated ? 'roas' : 'spend');
  const by = OF_CAMPAIGN[key] ?? 'spend';
  const measured = among.filter((campaign) => campaign[by] !== null);
  const direction = (which === 'best') === isLowerBetter(key) ? 'asc' : 'desc';
  const [first] = sortedCampaigns(measured, by, direction);
  const where = asked.platforms.length > 0 && platforms.length > 0 ? ` of ${asked.platforms.join(' and ')}` : '';
  if (!first) return `There is no campaign${where} with figures.`;
  return `The ${which} campaign${where} by ${labelOf(key)} was ${first.campaignName} (${first.platform}): ${partsOf(first)}.`;
}

function partsOf({ currency, spend, conversions, roas, cpa }: Campaign): string {
  const parts = [
    `${amount(spend, currency)} spent`,
    `${amount(conversions, null)} conversions`,
    ...(roas === null ? [] : [`ROAS ${amount(roas, null)}`]),
    ...(cpa === null ? [] : [`CPA ${amount(cpa, currency)}`]),
  ];
  return parts.join(', ');
}

const LARGE = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const SMALL = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

function amount(value: number | null, unit: string | null): string {
  if (value === null) return 'unknown';
  const number = (Math.abs(value) < 1 ? SMALL : LARGE).format(value);
  return unit === null ? number : `${number} ${unit}`;
}
