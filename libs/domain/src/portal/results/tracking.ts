export const TRACKING_STATUSES = ['on_track', 'at_risk', 'behind', 'achieved', 'no_target'] as const;
export type TrackingStatus = (typeof TRACKING_STATUSES)[number];

/** Which part of what is due by now is enough to be on track, and which to be merely at risk. */
const ON_TRACK = 0.9;
const AT_RISK = 0.7;

/** How a metric is measured against its target. */
export interface Aim {
  /** Null: there is none. */
  readonly target: number | null;
  /** Whether a smaller value is the better one: what a click or a conversion costs. */
  readonly isLowerBetter: boolean;
  /** Which part of the target is due by now: a sum grows with the days, a ratio does not. */
  readonly due: number;
}

/**
 * How far a client is on the way to a target. `achieved` when the value reaches it, whether or not the period is over;
 * otherwise the value is compared with what is due by now: 90 % of that is `on_track`, 70 % `at_risk`, less `behind`.
 * Without a value nothing is reached.
 */
export function trackingStatus(value: number | null, { target, isLowerBetter, due }: Aim): TrackingStatus {
  if (target === null) return 'no_target';
  if (value === null) return 'behind';
  if (isLowerBetter ? value <= target : value >= target) return 'achieved';
  const pace = isLowerBetter ? target / value : value / (target * due);
  if (target <= 0 || pace < AT_RISK) return 'behind';
  return pace < ON_TRACK ? 'at_risk' : 'on_track';
}
