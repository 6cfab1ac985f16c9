import { type Period, periodBefore, periodOf, type PeriodType, PERIOD_TYPES } from '../period.js';
import { words } from './words.js';

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];
const YEAR = '((?:19|20)\\d\\d)';
/** With the year before or after it, or without: of that the last that has begun. */
const QUARTER = new RegExp(` (?:${YEAR} )?q([1-4])(?: ${YEAR})? `);
const MONTH = new RegExp(` (?:${YEAR} )?(${MONTHS.join('|')})(?: ${YEAR})? `);
const ONLY_YEAR = new RegExp(` ${YEAR} `);

/**
 * The period that a question is about, in English: the quarter, month or year that it names, `last` or `previous` week,
 * month, quarter or year, or the one under way; the month under way when it says nothing of it. What is not over is cut
 * today.
 */
export function askedPeriod(question: string, today: string): Period {
  const text = words(question);
  const named = namedPeriod(text, today);
  if (named) return named;
  const type = PERIOD_TYPES.find((one) => text.includes(` ${one} `)) ?? 'month';
  const underWay = periodOf(type, today);
  const isBefore = new RegExp(` (?:last|previous|past|prior) ${type} `).test(text) && !text.includes(` this ${type} `);
  return isBefore ? periodBefore(underWay) : underWay;
}

function namedPeriod(text: string, today: string): Period | null {
  const [, before, quarter, after] = QUARTER.exec(text) ?? [];
  if (quarter !== undefined) return begunIn('quarter', Number(quarter) * 3 - 2, before ?? after, today);
  const [, yearBefore, month, yearAfter] = MONTH.exec(text) ?? [];
  if (month !== undefined) return begunIn('month', MONTHS.indexOf(month) + 1, yearBefore ?? yearAfter, today);
  const [, year] = ONLY_YEAR.exec(text) ?? [];
  return year === undefined ? null : begunIn('year', 1, year, today);
}

/** The period that begins with this month; without a year, the last such that has begun. */
function begunIn(type: PeriodType, month: number, year: string | undefined, today: string): Period {
  const first = (of: string | number) => `${of}-${String(month).padStart(2, '0')}-01`;
  const thisYear = Number(today.slice(0, 4));
  const start = first(year ?? (first(thisYear) > today ? thisYear - 1 : thisYear));
  const { lastDay } = periodOf(type, start);
  return periodOf(type, start <= today && today < lastDay ? today : lastDay);
}
