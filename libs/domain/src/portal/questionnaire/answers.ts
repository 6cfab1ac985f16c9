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

/** How many characters a line has at most, and how many a text of several. */
const LINES = { financialYearStart: 60, financialYearEnd: 60 } as const;
const TEXTS = {
  ...{ keyTradingPeriods: 2000, celebrationVision: 5000 },
  ...{ growthPrioritiesText: 5000, companyDirectionText: 5000 },
} as const;
const SHARES = ['channelOnlinePct', 'channelInstorePct', 'channelWholesalePct'] as const;

/**
 * What is given, as it is kept: text without white space around it, and nothing where it is empty.
 * @throws InvalidField naming the first field that holds what it must not
 */
export function checkedAnswers(given: Partial<Answers>): Partial<Answers> {
  const kept: { -readonly [K in keyof Answers]?: Answers[K] } = {};
  for (const [name, most] of namesIn(LINES)) put(name, (text) => lineOfText(name, text, most));
  for (const [name, most] of namesIn(TEXTS)) put(name, (text) => textOfLines(name, text, most));
  for (const name of SHARES) if (given[name] !== undefined) kept[name] = shareOf(name, given[name]);
  return kept;

  function put(name: keyof typeof LINES | keyof typeof TEXTS, read: (text: string) => string): void {
    const text = given[name];
    if (text !== undefined) kept[name] = text === null || text.trim() === '' ? null : read(text);
  }
}

const namesIn = <T extends object>(limits: T) => Object.entries(limits) as [keyof T, number][];

function shareOf(name: string, value: number | null): number | null {
  if (value === null || (value >= 0 && value <= 100)) return value;
  throw new InvalidField(name, 'must be a number from 0 to 100');
}
