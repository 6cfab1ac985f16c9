import { utcOffsets } from './utc-offsets.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** No deadline is later than ten years from when its hours begin to count. */
const LATEST = 3653 * DAY;

/** The hours of the week in which somebody works. */
export interface WorkingTime {
  /** The name of an IANA time zone; its wall clock decides. */
  readonly timeZone: string;
  /** From 1 for Monday to 7 for Sunday (ISO 8601). */
  readonly days: readonly number[];
  /** Minutes after midnight: from this one on, and before the other one, which is 1440 for the end of the day. */
  readonly from: number;
  readonly to: number;
}

/** From one instant to before another, in milliseconds since 1970. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * When `hours` that begin to count at `from` are over, to the millisecond. They count while the wall clock shows working
 * time, and around the clock when `working` is null. Where clocks are put forward or back, an hour is what passes, not
 * what the clock shows. Without hours it is the first moment of working time.
 */
export function deadline(from: Date, hours: number, working: WorkingTime | null): Date {
  const start = from.getTime();
  const end = start + LATEST;
  let left = Math.round(hours * HOUR);
  if (!working) return new Date(Math.min(start + left, end));
  for (const open of workingStretches({ start, end }, working)) {
    const length = open.end - open.start;
    if (left <= length) return new Date(open.start + left);
    left -= length;
  }
  return new Date(end);
}

function* workingStretches({ start: first, end: last }: Stretch, working: WorkingTime): Generator<Stretch> {
  const offsetAt = utcOffsets(working.timeZone);
  for (let start = first; start < last;) {
    const offset = offsetAt(start);
    const midnight = Math.floor((start + offset) / DAY) * DAY;
    const end = firstOther(offsetAt, { start, end: Math.min(midnight + DAY - offset, last) });
    const open = {
      start: Math.max(start, midnight + working.from * MINUTE - offset),
      end: Math.min(end, midnight + working.to * MINUTE - offset),
    };
    if (working.days.includes(dayOfWeek(midnight)) && open.start < open.end) yield open;
    start = end;
  }
}

/** The end of `stretch`, or within it the first instant with another offset than at its start. */
function firstOther(offsetAt: (instant: number) => number, { start, end }: Stretch): number {
  const offset = offsetAt(start);
  if (offsetAt(end - 1) === offset) return end;
  let [same, other] = [start, end - 1];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}

/** Of a midnight on the wall clock, as if it were UTC; the first of 1970 was a Thursday. */
function dayOfWeek(midnight: number): number {
  return ((((midnight / DAY + 3) % 7) + 7) % 7) + 1;
}
