import type { Figure, Goal } from './figure.js';
import { byOrder, isLowerBetter, labelOf, RATIOS, ruleOf, unitOfRatio } from './metric-rules.js';
import { deltaPct, ratioOf, rounded } from './numbers.js';
import { elapsedShare, type Period } from './period.js';
import { type TrackingStatus, trackingStatus } from './tracking.js';

/** A metric of a client in a period, beside the period before. */
export interface Metric {
  readonly key: string;
  readonly label: string;
  readonly unit: string | null;
  /** The platform that all of it comes from; null when there are several, or none. */
  readonly platform: string | null;
  /** Null when nothing was measured, or when it can not be told: a division by zero, money of several currencies. */
  readonly value: number | null;
  readonly priorValue: number | null;
  /** In per cent; null when there is nothing to compare. */
  readonly deltaPct: number | null;
  readonly target: number | null;
  readonly trackingStatus: TrackingStatus;
}

/**
 * All metrics of which there are figures in the period or in the one before, over all platforms. Ratios are made from
 * sums, never from other ratios; goals are those of the type of the period.
 */
export function metricsOf(period: Period, figures: readonly Figure[], goals: readonly Goal[]): Metric[] {
  const byKey = Map.groupBy(figures, ({ metricKey }) => metricKey);
  const ratios = RATIOS.filter((key) => basesOf(key, byKey).length === 2);
  const keys = [...new Set([...byKey.keys(), ...ratios])].sort(byOrder);
  return keys.map((key) => metricOf(key, { period, byKey, goal: goals.find(({ metricKey }) => metricKey === key) }));
}

type ByKey = ReadonlyMap<string, readonly Figure[]>;
interface Context {
  readonly period: Period;
  readonly byKey: ByKey;
  readonly goal: Goal | undefined;
}

function metricOf(key: string, { period, byKey, goal }: Context): Metric {
  const own = byKey.get(key) ?? [];
  const bases = basesOf(key, byKey);
  const made = bases.length === 2 ? bases.flat() : own;
  const [value, priorValue] = [false, true].map((isPrior) => valueOf(key, byKey, isPrior)) as [Value, Value];
  const target = goal?.target ?? null;
  const due = ruleOf(key).kind === 'sum' ? elapsedShare(period) : 1;
  return {
    key,
    label: first(own, 'label') ?? goal?.label ?? labelOf(key),
    unit: (bases.length === 2 ? unitOfRatio(key, currencyOf(made)) : first(own, 'unit')) ?? goal?.unit ?? null,
    platform: onlyPlatformOf(made),
    value,
    priorValue,
    deltaPct: deltaPct(value, priorValue),
    target,
    trackingStatus: trackingStatus(value, { target, isLowerBetter: isLowerBetter(key), due }),
  };
}

type Value = number | null;

function valueOf(key: string, byKey: ByKey, isPrior: boolean): Value {
  const rule = ruleOf(key);
  const own = within(byKey.get(key), isPrior);
  if (rule.kind === 'sum') return sumOf(own);
  const bases = basesOf(key, byKey).map((figures) => within(figures, isPrior));
  const [of, by] = bases;
  if (rule.kind === 'single' || !of || !by) return own.length === 1 && own[0]?.count === 1 ? own[0].sum : null;
  return isOfOneCurrency([...of, ...by]) ? ratioOf(sumOf(of), sumOf(by), rule.times) : null;
}

/** The figures of what a ratio divides, and of what it divides by; nothing unless there are some of both. */
function basesOf(key: string, byKey: ByKey): (readonly Figure[])[] {
  const rule = ruleOf(key);
  if (rule.kind !== 'ratio') return [];
  const [of, by] = [byKey.get(rule.of), byKey.get(rule.by)];
  return of && by ? [of, by] : [];
}

const within = (figures: readonly Figure[] = [], isPrior: boolean): Figure[] =>
  figures.filter((figure) => figure.isPrior === isPrior);

/** Null of nothing, and of money that can not be added. */
function sumOf(figures: readonly Figure[]): Value {
  if (figures.length === 0 || !isOfOneCurrency(figures)) return null;
  return rounded(figures.reduce((sum, figure) => sum + figure.sum, 0));
}

const currenciesOf = (figures: readonly Figure[]): string[] => [
  ...new Set(figures.flatMap(({ unit }) => (unit !== null && /^[A-Z]{3}$/.test(unit) ? [unit] : []))),
];
const isOfOneCurrency = (figures: readonly Figure[]): boolean => currenciesOf(figures).length <= 1;

function currencyOf(figures: readonly Figure[]): string | null {
  const [currency = null, ...others] = currenciesOf(figures);
  return others.length === 0 ? currency : null;
}

/** What came with the figures: of this period if anything did, else of the one before. */
function first(figures: readonly Figure[], what: 'label' | 'unit'): string | null {
  const newest = [...within(figures, false), ...within(figures, true)];
  return newest.map((figure) => figure[what]).find((given) => given !== null) ?? null;
}

function onlyPlatformOf(figures: readonly Figure[]): string | null {
  const [platform = null, ...others] = new Set(figures.map((figure) => figure.platform));
  return others.length === 0 ? platform : null;
}
