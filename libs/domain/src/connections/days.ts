/** Days of the calendar, `YYYY-MM-DD`, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
/** How many days are fetched the first time, today among them. */
const FIRST_DAYS = 30;
/** Platforms still correct the figures of so many days before the last one that was fetched. */
const CORRECTED_DAYS = 3;
/** Whatever was missed, not more than a year is fetched. */
const MOST_DAYS = 365;

/** `count` days after `day`, or before it. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** All days of a range, the first first. */
export function daysOf({ from, to }: DayRange): string[] {
  const count = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

/** Ranges of `size` days at most that make up `range`, the first first. */
export function windowsOf(range: DayRange, size: number): DayRange[] {
  const days = daysOf(range);
  const starts = days.filter((_, index) => index % size === 0);
  return starts.map((from, index) => ({ from, to: days[Math.min((index + 1) * size, days.length) - 1] ?? from }));
}

/**
 * What is to be fetched: up to today, and from the last day that is there, with those before it that may have been
 * corrected since; the first time the last 30 days.
 */
export function daysToFetch(today: string, syncedThrough: string | null): DayRange {
  const from = syncedThrough === null ? addDays(today, 1 - FIRST_DAYS) : addDays(syncedThrough, -CORRECTED_DAYS);
  const earliest = addDays(today, 1 - MOST_DAYS);
  const latest = addDays(today, -CORRECTED_DAYS); // of an account that moved to an earlier time zone
  return { from: from < earliest ? earliest : from > latest ? latest : from, to: today };
}
