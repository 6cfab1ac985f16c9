import type { ReferenceTarget } from './targets.js';

/** What a field holds, and within which bounds. */
export type FieldType =
  | { readonly kind: 'text'; readonly most: number; readonly lines?: boolean; readonly pattern?: RegExp }
  | { readonly kind: 'email' | 'url' | 'currency' | 'boolean' | 'day' | 'instant' | 'timeZone' | 'timeOfDay' }
  | { readonly kind: 'integers'; readonly least: number; readonly most: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'decimal'; readonly digits: number; readonly scale: number; readonly least: number }
  | { readonly kind: 'texts'; readonly most: number; readonly longest: number }
  | { readonly kind: 'json'; readonly bytes: number }
  | { readonly kind: 'reference'; readonly to: ReferenceTarget; readonly sameClient: boolean }
  | { readonly kind: 'target'; readonly by: string; readonly to: Readonly<Record<string, ReferenceTarget>> };

export type FieldKind = FieldType['kind'];

/** A default that is only known when the row is made. */
export type Default = string | number | boolean | readonly string[] | { readonly from: 'today' | 'now' | 'actor' };

/** What is declared of a field beside what it holds. */
export interface FieldOptions {
  /** It must be given when a row is made, and is never null. */
  readonly required?: boolean;
  /** What a row has when nothing is given; such a field is never null. */
  readonly default?: Default;
  /** The column and its triggers give it a value when nothing is given; it is never null. */
  readonly filled?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** The column that keeps what was given, when it is not called like the field. */
  readonly column?: string;
  /** What answers show of the row `t`, when it is not what was given. */
  readonly shown?: string;
}

export type Field = FieldType & FieldOptions;

/** A figure or name that is not typed in: `sql` is about the row `t`. */
export interface Derived {
  readonly kind: 'money' | 'integer' | 'number' | 'boolean' | 'text' | 'instant' | 'id' | 'uuid';
  readonly sql: string;
  readonly description: string;
  readonly nullable?: boolean;
  readonly example: unknown;
}

/** The most digits that a number has: all of those with so many survive a double. */
const DIGITS = 15;

/** One line. */
export const text = (most: number, options: FieldOptions = {}): Field => ({ kind: 'text', most, ...options });

/** Several lines. */
export const longText = (options: FieldOptions = {}, most = 20_000): Field => ({
  kind: 'text',
  most,
  lines: true,
  ...options,
});

/** A name of letters, digits and signs, by which programs know a thing. */
export const slug = (options: FieldOptions = {}, most = 60): Field => ({
  kind: 'text',
  most,
  pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  ...options,
});

/** A colour as web pages write it. */
export const color = (options: FieldOptions = {}): Field => ({
  kind: 'text',
  most: 20,
  pattern: /^#[0-9A-Fa-f]{3,8}$|^[a-z]+$/,
  example: '#2563eb',
  ...options,
});

export const quarter = (options: FieldOptions = {}): Field => ({
  kind: 'text',
  most: 7,
  pattern: /^\d{4}-Q[1-4]$/,
  example: '2026-Q1',
  ...options,
});

export const oneOf = (values: readonly string[], options: FieldOptions = {}): Field => ({
  kind: 'oneOf',
  values,
  ...options,
});

export const email = (options: FieldOptions = {}): Field => ({ kind: 'email', ...options });
export const url = (options: FieldOptions = {}): Field => ({ kind: 'url', ...options });
export const boolean = (options: FieldOptions = {}): Field => ({ kind: 'boolean', ...options });
/** A day of the calendar, in no time zone. */
export const day = (options: FieldOptions = {}): Field => ({ kind: 'day', ...options });
/** A moment, in UTC. */
export const instant = (options: FieldOptions = {}): Field => ({ kind: 'instant', ...options });
/** The name of an IANA time zone. */
export const timeZone = (options: FieldOptions = {}): Field => ({
  kind: 'timeZone',
  example: 'Europe/Berlin',
  ...options,
});
/** A minute of the day, on the wall clock: from 00:00 to 24:00. */
export const timeOfDay = (options: FieldOptions = {}): Field => ({ kind: 'timeOfDay', ...options });
/** The code of a currency (ISO 4217); without one, that of the client. */
export const currency = (options: FieldOptions = {}): Field => ({ kind: 'currency', example: 'EUR', ...options });

export const integer = (options: FieldOptions = {}, least = 0, most = 2_147_483_647): Field => ({
  kind: 'integer',
  least,
  most,
  ...options,
});

/** Where a row stands among its like. */
export const position = (): Field =>
  integer({ default: 0, example: 0, description: 'Where it stands; in a list of children, the place in the list' });

/** A count that can be great. */
export const count = (options: FieldOptions = {}): Field => integer(options, 0, 10 ** DIGITS - 1);

/** An amount of money, with two decimals. */
export const money = (options: FieldOptions = {}, least = 1 - 10 ** 12): Field => ({
  kind: 'decimal',
  digits: DIGITS - 1,
  scale: 2,
  least,
  example: 1250.5,
  ...options,
});

export const decimal = (scale: number, options: FieldOptions = {}, least = 0): Field => ({
  kind: 'decimal',
  digits: DIGITS,
  scale,
  least,
  ...options,
});

/** A list of lines. */
export const texts = (options: FieldOptions = {}): Field => ({
  kind: 'texts',
  most: 100,
  longest: 500,
  default: [],
  ...options,
});

/** A list of whole numbers within bounds, none of them twice. */
export const integers = (least: number, most: number, options: FieldOptions = {}): Field => ({
  kind: 'integers',
  least,
  most,
  ...options,
});

/** Anything, within bounds. */
export const json = (options: FieldOptions = {}, bytes = 200_000): Field => ({ kind: 'json', bytes, ...options });

/** Another row of the firm. */
export const reference = (to: ReferenceTarget, options: FieldOptions = {}): Field => ({
  kind: 'reference',
  to,
  sameClient: false,
  ...options,
});

/** Another row of the same client. */
export const ofSameClient = (to: ReferenceTarget, options: FieldOptions = {}): Field => ({
  kind: 'reference',
  to,
  sameClient: true,
  ...options,
});

/** A row of the same client, in the resource that the field `by` names. */
export const target = (
  by: string,
  to: Readonly<Record<string, ReferenceTarget>>,
  options: FieldOptions = {},
): Field => ({ kind: 'target', by, to, ...options });
