import { timeZoneName } from '@portico/domain/directory';
import { DomainError, InvalidField, type Reason, writtenAddress } from '@portico/domain/kernel';
import { isDay, utcInstant } from '../../../platform/http/written-time.js';
import type { Field, FieldKind } from '../declaration/field.js';
import type { Flaw } from './faults.js';
import { flawOfJson } from './read-json.js';

/** A value as it is kept, or what is wrong with it. */
export type Read = { readonly value: unknown } | { readonly flaw: Flaw };

type Of<K extends FieldKind> = Extract<Field, { kind: K }>;
type Readable = Exclude<FieldKind, 'reference' | 'target'>;
type Readers = { readonly [K in Readable]: (raw: unknown, field: Of<K>) => Read };

/** What `raw` means for a field that is no reference; null is for the caller to judge. */
export function readValue(field: Field, raw: unknown): Read {
  if (field.kind === 'reference' || field.kind === 'target') throw new Error('references are read elsewhere');
  const read = READERS[field.kind] as (value: unknown, of: Field) => Read;
  return read(raw, field);
}

const flaw = (message: string, reason: Reason): Read => ({ flaw: { message, reason } });
const must = (message: string, kind: Reason['kind']): Read => flaw(message, { kind });
const NOT_TEXT = must('must be text', 'not_text');
const WRONG_FORM = must('does not have the right form', 'wrong_format');
const NOT_DAY = must('must be a day of the calendar, such as 2026-01-31', 'not_day');
const NOT_INSTANT = must('must be an instant, such as 2026-01-31T12:00:00Z', 'not_instant');
const NOT_TIME = must('must be a time of day, such as 09:00', 'wrong_format');
const LONGEST_URL = 2000;

const READERS: Readers = {
  text: (raw, { most, lines = false, pattern }) => {
    const bad = flawOfText(raw, most, lines);
    if (bad) return { flaw: bad };
    return pattern && !pattern.test(raw as string) ? WRONG_FORM : { value: raw };
  },
  texts: (raw, { most, longest }) => {
    if (!Array.isArray(raw)) return must('must be a list', 'not_list');
    if (raw.length > most) return flaw(`must have ${most} items at most`, { kind: 'too_many', values: { most } });
    const bad = raw.map((item) => flawOfText(item, longest, true)).find((found) => found !== null);
    return bad ? { flaw: { ...bad, message: `holds a line that ${bad.message}` } } : { value: raw as unknown };
  },
  email: (raw) => {
    if (typeof raw !== 'string') return NOT_TEXT;
    try {
      return { value: writtenAddress(raw) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return must('must be an e-mail address', 'not_email');
    }
  },
  url: (raw) => {
    const bad = flawOfText(raw, LONGEST_URL, false);
    if (bad) return { flaw: bad };
    return URL.canParse(raw as string) && /^https?:$/.test(new URL(raw as string).protocol)
      ? { value: raw }
      : WRONG_FORM;
  },
  currency: (raw) =>
    typeof raw === 'string' && /^[A-Z]{3}$/.test(raw)
      ? { value: raw }
      : must('must be the code of a currency, such as USD', 'not_currency'),
  boolean: (raw) => (typeof raw === 'boolean' ? { value: raw } : must('must be true or false', 'not_boolean')),
  oneOf: (raw, { values }) => {
    const among = values.join(', ');
    if (typeof raw === 'string' && values.includes(raw)) return { value: raw };
    return flaw(`must be one of ${among}`, { kind: 'not_one_of', values: { among } });
  },
  integer: (raw, { least, most }) => {
    if (typeof raw !== 'number' || !Number.isSafeInteger(raw)) return must('must be a whole number', 'not_integer');
    return withinBounds(raw, least, most);
  },
  decimal: (raw, { digits, scale, least }) => {
    if (typeof raw !== 'number' || !Number.isFinite(raw)) return must('must be a number', 'not_number');
    const bounded = withinBounds(raw, least, 10 ** (digits - scale) - 1);
    if ('flaw' in bounded || Number(raw.toFixed(scale)) === raw) return bounded;
    return must(`must have ${scale} decimals at most`, 'wrong_format');
  },
  integers: (raw, { least, most }) => {
    if (!Array.isArray(raw)) return must('must be a list', 'not_list');
    if (raw.length === 0) return must('must not be empty', 'empty');
    if (!raw.every((one) => Number.isInteger(one) && one >= least && one <= most))
      return flaw(`must hold whole numbers from ${least} to ${most}`, { kind: 'not_integer' });
    if (new Set(raw).size < raw.length) return must('must hold each number once', 'repeated');
    return { value: raw.toSorted((one, other) => one - other) as unknown };
  },
  timeZone: (raw) => {
    if (typeof raw !== 'string') return NOT_TEXT;
    try {
      return { value: timeZoneName('', raw) };
    } catch (error) {
      if (error instanceof InvalidField && error.reason) return flaw(error.message, error.reason);
      throw error;
    }
  },
  timeOfDay: (raw) => (typeof raw === 'string' && TIME_OF_DAY.test(raw) ? { value: raw } : NOT_TIME),
  day: (raw) => (typeof raw === 'string' && isDay(raw) ? { value: raw } : NOT_DAY),
  instant: (raw) => {
    const value = typeof raw === 'string' ? utcInstant(raw) : undefined;
    return value === undefined ? NOT_INSTANT : { value };
  },
  json: (raw, { bytes }) => {
    const bad = flawOfJson(raw, bytes);
    return bad ? { flaw: bad } : { value: raw };
  },
};

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Text is kept letter by letter. */
function flawOfText(raw: unknown, most: number, lines: boolean): Flaw | null {
  if (typeof raw !== 'string') return { message: 'must be text', reason: { kind: 'not_text' } };
  if (raw.trim() === '') return { message: 'must not be empty', reason: { kind: 'empty' } };
  if (raw.length > most && [...raw].length > most)
    return { message: `must have ${most} characters at most`, reason: { kind: 'too_long', values: { most } } };
  const forbidden = lines ? /[^\P{Cc}\t\n\r]|\p{Cs}/u : /[\p{Cc}\p{Cs}]/u;
  if (!forbidden.test(raw)) return null;
  return {
    message: 'must not hold control characters or halves of characters',
    reason: { kind: 'control_characters' },
  };
}

function withinBounds(value: number, least: number, most: number): Read {
  if (value < least) return flaw(`must be ${least} at least`, { kind: 'too_small', values: { least } });
  if (value > most) return flaw(`must be ${most} at most`, { kind: 'too_great', values: { most } });
  return { value };
}
