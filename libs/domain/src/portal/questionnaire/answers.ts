import { InvalidField, lineOfText, textOfLines } from '../../kernel/index.js';

/** What a company says of itself; null where it says nothing. */
export interface Answers {
  readonly financialYearStart: string | null;
  readonly financialYearEnd: string | null;
  readonly keyTradingPeriods: string | null;
  /** In per cent; the channels need not make 100 together. */
  readonly channelOnlinePct: number | null;
  readonly channelInstorePct: number | null;
  readonly channelWholesalePct: number | null;
  readonly celebrationVision: string | null;
  readonly growthPrioritiesText: string | null;
  readonly companyDirectionText: string | null;
}

export const NO_ANSWERS: Answers = {
  ...{ financialYearStart: null, financialYearEnd: null, keyTradingPeriods: null },
  ...{ channelOnlinePct: null, channelInstorePct: null, channelWholesalePct: null },
  ...{ celebrationVision: null, growthPrioritiesText: null, companyDirectionText: null },
};

type Read = (field: string, text: string) => string;
const line =
  (most: number): Read =>
  (field, text) =>
    lineOfText(field, text, most);
const lines =
  (most: number): Read =>
  (field, text) =>
    textOfLines(field, text, most);

/** How many characters a line, or a text of several lines, has at most. */
const TEXTS = {
  ...{ financialYearStart: line(60), financialYearEnd: line(60), keyTradingPeriods: lines(2000) },
  ...{ celebrationVision: lines(5000), growthPrioritiesText: lines(5000), companyDirectionText: lines(5000) },
} as const;
const SHARES = ['channelOnlinePct', 'channelInstorePct', 'channelWholesalePct'] as const;

/**
 * What is given, as it is kept: text without white space around it, and nothing where it is empty.
 * @throws InvalidField naming the first field that holds what it must not
 */
export function checkedAnswers(given: Partial<Answers>): Partial<Answers> {
  const texts = (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).flatMap((name) => {
    const text = given[name];
    return text === undefined ? [] : [[name, text?.trim() ? TEXTS[name](name, text) : null] as const];
  });
  const shares = SHARES.flatMap((name) => {
    const share = given[name];
    return share === undefined ? [] : [[name, shareOf(name, share)] as const];
  });
  return Object.fromEntries<string | number | null>([...texts, ...shares]);
}

function shareOf(name: string, value: number | null): number | null {
  if (value === null || (value >= 0 && value <= 100)) return value;
  throw new InvalidField(name, 'must be a number from 0 to 100');
}
