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
