export const PERIOD_TYPES = ['week', 'month', 'quarter', 'year'] as const;
export type PeriodType = (typeof PERIOD_TYPES)[number];

/** The days that a period can end on: of the years 1900 to 2999. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/**
 * A week (from Monday), month, quarter or year of the calendar, cut at a day, and the one before it, cut at the same
 * offset. Days are `YYYY-MM-DD`; first and last days are counted.
 */
export interface Period {
  readonly type: PeriodType;
  readonly start: string;
  /** Where it is cut. */
  readonly end: string;
  /** The last day of the whole week, month, quarter or year. */
  readonly lastDay: string;
  readonly priorStart: string;
  readonly priorEnd: string;
}

/** Whether a period can end on `day`, which is a day of the calendar. */
export function canEndOn(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/**
 * The period that holds `end`, cut at it. The one before has as many days up to its own cut; where it is shorter it ends
 * with its last day, so that the 31st of March is compared with the whole of February (contract, section 7).
 */
export function periodOf(type: PeriodType, end: string): Period {
  const at = numberOf(end);
  const whole = wholeOf(type, at);
  const before = wholeOf(type, whole.first - 1);
  const priorEnd = Math.min(before.first + at - whole.first, before.last);
  return {
    type,
    start: dayOf(whole.first),
    end,
    lastDay: dayOf(whole.last),
    priorStart: dayOf(before.first),
    priorEnd: dayOf(priorEnd),
  };
}

/** The whole period before `period`. */
export function periodBefore({ type, start }: Period): Period {
  return periodOf(type, dayOf(numberOf(start) - 1));
}

/** Which part of the whole period lies before its cut: more than 0, 1 when it is over. */
export function elapsedShare({ start, end, lastDay }: Period): number {
  const first = numberOf(start);
  return (numberOf(end) - first + 1) / (numberOf(lastDay) - first + 1);
}

const DAY_MS = 86_400_000;
/** Days since 1970-01-01, which was a Thursday. No time zone is in play: days are counted, not instants. */
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
const firstOf = (year: number, month: number): number => Date.UTC(year, month, 1) / DAY_MS;

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The whole week, month, quarter or year that holds the day with this number. */
function wholeOf(type: PeriodType, day: number): { first: number; last: number } {
  if (type === 'week') {
    const first = day - ((((day + 3) % 7) + 7) % 7);
    return { first, last: first + 6 };
  }
  const date = new Date(day * DAY_MS);
  const [year, months] = [date.getUTCFullYear(), MONTHS[type]];
  const month = date.getUTCMonth() - (date.getUTCMonth() % months);
  return { first: firstOf(year, month), last: firstOf(year, month + months) - 1 };
}
