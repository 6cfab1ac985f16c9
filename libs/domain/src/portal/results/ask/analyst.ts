import type { Campaign, Totals } from '../campaigns.js';
import type { Metric } from '../metrics.js';
import type { Period } from '../period.js';

/** The metrics of one platform alone. */
export interface PlatformMetrics {
  readonly platform: string;
  readonly metrics: readonly Metric[];
}

/** All that an answer may be made of: the figures of one client in one period. */
export interface Briefing {
  readonly period: Period;
  /** Over all platforms. */
  readonly metrics: readonly Metric[];
  readonly platforms: readonly PlatformMetrics[];
  /** Those that cost most. */
  readonly campaigns: readonly Campaign[];
  readonly totals: Totals;
  /** What somebody made of these figures; null when nobody did. */
  readonly summary: string | null;
}

/** Answers questions about figures. */
export abstract class Analyst {
  /** An answer in plain text, made of the briefing and nothing else. */
  abstract answer(question: string, briefing: Briefing): Promise<string>;
}

/** On what an answer rests: the periods, and what was measured in them. */
export function basisOf({ period, metrics }: Briefing): string {
  const { start, end, priorStart, priorEnd } = period;
  const names = metrics.map(({ label }) => label).join(', ') || 'there are none';
  return `Figures from ${start} to ${end}, compared with ${priorStart} to ${priorEnd}: ${names}.`;
}
