import type { Response } from 'express';
import { DomainError, type FilterValue, isId, isUuid, type ListRequest, type Reason } from '@portico/domain/kernel';
import { isDay, utcInstant } from './written-time.js';

export type { FilterValue, ListRequest };

/** How many rows a list holds when nothing is said, and the most (contract, section 6). */
const DEFAULT_LIMIT = 100;
const MOST = 1000;

/** What a field of a list holds, or the values that it can have. */
export type FieldKind = 'text' | 'id' | 'uuid' | 'integer' | 'number' | 'boolean' | 'day' | 'instant';
export type ListField = FieldKind | readonly string[];

/** The fields by which a list can be filtered, all of which can be null, and sorted. */
export interface ListPlan<F extends string = string> {
  readonly fields: Readonly<Record<F, ListField>>;
  readonly defaultSort: F;
  /** Which end comes first when nothing is said: `asc` unless the plan says otherwise. */
  readonly defaultOrder?: 'asc' | 'desc';
  /** Fields by which a list is filtered, and not sorted. */
  readonly unsorted?: readonly F[];
}

type Query = Readonly<Record<string, unknown>>;

/**
 * The list that a query asks for: `limit`, `offset`, `sort_by`, `sort_order`, and `filter[field]` with values separated
 * by commas, of which `null` means none.
 * @throws DomainError `unknown_member`, `invalid_value` naming the parameter
 */
export function parseList<F extends string>(query: Query, plan: ListPlan<F>): ListRequest<F> {
  const filters = new Map<F, readonly FilterValue[]>();
  for (const [name, raw] of Object.entries(query)) {
    if (PLAIN.has(name)) continue;
    const field = /^filter\[(\w+)\]$/.exec(name)?.[1];
    if (field === undefined || !isField(plan, field)) throw unknownParameter(name);
    filters.set(field, valuesOf(name, onlyOne(name, raw), plan.fields[field]));
  }
  return {
    limit: wholeNumber(query, 'limit', DEFAULT_LIMIT, 1, MOST),
    offset: wholeNumber(query, 'offset', 0, 0, Number.MAX_SAFE_INTEGER),
    sort: { field: sortField(query, plan), order: sortOrder(query, plan) },
    filters,
  };
}

const PLAIN: ReadonlySet<string> = new Set(['limit', 'offset', 'sort_by', 'sort_order']);

/** Tells how many rows there are in all, whatever part of them is sent. */
export function sendTotal(response: Response, total: number): void {
  response.setHeader('X-Total-Count', String(total));
}

function isField<F extends string>({ fields }: ListPlan<F>, name: string): name is F {
  return Object.hasOwn(fields, name);
}

function sortField<F extends string>(query: Query, plan: ListPlan<F>): F {
  if (query['sort_by'] === undefined) return plan.defaultSort;
  const name = onlyOne('sort_by', query['sort_by']);
  const { unsorted = [] } = plan;
  const sorted = (Object.keys(plan.fields) as F[]).filter((field) => !unsorted.includes(field));
  if (isField(plan, name) && sorted.includes(name)) return name;
  throw notOneOf('sort_by', sorted);
}

function sortOrder(query: Query, { defaultOrder = 'asc' }: Pick<ListPlan, 'defaultOrder'>): 'asc' | 'desc' {
  if (query['sort_order'] === undefined) return defaultOrder;
  const order = onlyOne('sort_order', query['sort_order']).toLowerCase();
  if (order === 'asc' || order === 'desc') return order;
  throw notOneOf('sort_order', ['asc', 'desc']);
}

function wholeNumber(query: Query, name: string, otherwise: number, least: number, most: number): number {
  if (query[name] === undefined) return otherwise;
  const text = onlyOne(name, query[name]);
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw invalid(name, `must be a whole number from ${least} to ${most}`, {
    kind: 'not_integer',
    values: { least, most },
  });
}

function onlyOne(name: string, raw: unknown): string {
  if (typeof raw === 'string') return raw;
  throw invalid(name, 'must be given once', { kind: 'repeated' });
}

function valuesOf(name: string, raw: string, field: ListField): FilterValue[] {
  return raw.split(',').map((text) => (text === 'null' ? null : valueOf(name, text.trim(), field)));
}

function valueOf(name: string, text: string, field: ListField): FilterValue {
  if (typeof field !== 'string') {
    if (field.includes(text)) return text;
    throw notOneOf(name, field);
  }
  const value = READ[field](text);
  if (value !== undefined) return value;
  const { message, reason } = FAULTS[field];
  throw invalid(name, message, reason);
}

const ONES: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

/** Undefined: it is no such value. */
const READ: Readonly<Record<FieldKind, (text: string) => FilterValue | undefined>> = {
  text: (text) => text.normalize('NFC').replaceAll('\0', '\uFFFD'), // which no text holds, and the database takes
  id: (text) => (isId(text) ? text : undefined),
  uuid: (text) => (isUuid(text) ? text.toLowerCase() : undefined),
  integer: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  number: (text) => (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined),
  boolean: (text) => (Object.hasOwn(ONES, text) ? ONES[text] : undefined),
  day: (text) => (isDay(text) ? text : undefined),
  instant: utcInstant,
};

const FAULTS: Readonly<Record<FieldKind, { readonly message: string; readonly reason: Reason }>> = {
  text: { message: 'must be text', reason: { kind: 'not_text' } },
  id: { message: 'must be an id', reason: { kind: 'not_id' } },
  uuid: { message: 'must be a UUID', reason: { kind: 'not_uuid' } },
  integer: { message: 'must be a whole number', reason: { kind: 'not_integer' } },
  number: { message: 'must be a number', reason: { kind: 'not_number' } },
  boolean: { message: 'must be true or false', reason: { kind: 'not_boolean' } },
  day: { message: 'must be a day of the calendar, such as 2026-01-31', reason: { kind: 'not_day' } },
  instant: { message: 'must be an instant, such as 2026-01-31T12:00:00Z', reason: { kind: 'not_instant' } },
};

function notOneOf(name: string, values: readonly string[]): DomainError {
  const among = values.join(', ');
  return invalid(name, `must be one of ${among}`, { kind: 'not_one_of', values: { among } });
}

function invalid(parameter: string, message: string, reason: Reason): DomainError {
  return new DomainError('invalid', 'invalid_value', `${parameter} ${message}`, { parameter }, reason);
}

function unknownParameter(parameter: string): DomainError {
  return new DomainError(
    'invalid',
    'unknown_member',
    `"${parameter}" is unknown here`,
    { parameter },
    {
      kind: 'unknown',
    },
  );
}
