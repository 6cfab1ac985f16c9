import { DomainError, type ErrorKind } from '@portico/domain/kernel';
import { type Fault, inColumn } from './fault.js';

/** Refusals that are about a row; every other error ends the import. */
const ABOUT_ROWS: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['invalid', 'forbidden', 'not_found', 'conflict']);

/** Why rows were refused. */
export interface Refusal extends Omit<Fault, 'line'> {
  readonly code: string;
  /** Which of the rows is meant, from 0; null when the refusal names none. */
  readonly at: number | null;
}

/** What a refusal of `named` rows says; null when `error` is none. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof DomainError) || !ABOUT_ROWS.has(error.kind)) return null;
  const { code, message, source } = error;
  const [first = '', ...rest] = (source?.pointer ?? '').split('/').slice(1);
  const at = /^\d+$/.test(first) ? Number(first) : null;
  const path = at === null ? [first, ...rest] : rest;
  return path.join('') === ''
    ? { code, at, column: null, message }
    : { code, at, ...inColumn(path.join('/'), message) };
}
