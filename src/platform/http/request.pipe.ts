import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { DomainError, type ErrorSource } from '@portico/domain/kernel';
import { InvalidRequest } from '../errors/problem.js';
import { reasonOf } from './rule-reasons.js';

type Place = (path: readonly string[]) => ErrorSource;
const inBody: Place = (path) => ({ pointer: path.map((part) => `/${shortened(part)}`).join('') });
const inQuery: Place = (path) => ({ parameter: path.map(shortened).join('.') });

const MAX_DEPTH = 32;
/** Of one object, and of all that a body holds together: no DTO has as many, and each costs time to check. */
const MOST_MEMBERS = 500;
const MOST_VALUES = 20_000;
/** How many faults are told at once, and how much of a name that somebody made up. */
const MOST_FAULTS = 100;
const LONGEST_NAME = 200;
const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
/** Every object has these, so a look at a DTO would find them declared. */
const INHERITED = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** Checks bodies and queries against their DTO classes; what is unknown is refused, and every fault is named. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !metatype || (metatype as unknown) === Object) return value;
    return type === 'body'
      ? checkedBody(metatype as Type<object>, value)
      : checked(metatype as Type<object>, value, inQuery);
  }
}

/** `value` as an instance of `dto`. @throws InvalidRequest with a JSON pointer for each fault */
export function checkedBody<T extends object>(dto: Type<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DomainError('invalid', 'invalid_body', 'The body must be a JSON object', { pointer: '' });
  return checked(dto, value, inBody);
}

/** How many rows one call brings at most (contract, section 6). */
const MOST_ROWS = 1000;

/** `value` as a list of instances of `dto`. @throws InvalidRequest with a JSON pointer for each fault: `/3/amount` */
export function checkedRows<T extends object>(dto: Type<T>, value: unknown): T[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ROWS)
    throw new DomainError('invalid', 'invalid_body', `The body must be a list of 1 to ${MOST_ROWS} objects`);
  const faults: DomainError[] = [];
  const rows = value.flatMap((row: unknown, at) => {
    if (faults.length >= MOST_FAULTS) return [];
    const inRow: Place = (path) => inBody([String(at), ...path]);
    try {
      if (typeof row !== 'object' || row === null || Array.isArray(row))
        throw new DomainError('invalid', 'invalid_value', 'must be an object', inRow([]), { kind: 'not_object' });
      return [checked(dto, row, inRow)];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...(error instanceof InvalidRequest ? error.faults : [error]));
      return [];
    }
  });
  refuse(faults);
  return rows;
}

function checked<T extends object>(dto: Type<T>, value: unknown, place: Place): T {
  requirePlainShape(value, place);
  const instance = plainToInstance(dto, value, { exposeUnsetFields: false });
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  refuse(errors.flatMap((error) => faultsOf(error, [], place)));
  return instance;
}

/** @throws InvalidRequest when there are faults, with the first of them */
function refuse(faults: readonly DomainError[]): void {
  const [first, ...others] = faults.slice(0, MOST_FAULTS);
  if (first) throw new InvalidRequest([first, ...others]);
}

/**
 * Names that class-transformer passes over in silence or that class-validator takes for known, nesting that would
 * exhaust the stack, and more than there is time to look at, are refused first.
 * @throws DomainError `unknown_member`, `too_deep`, `too_many_members`
 */
function requirePlainShape(root: unknown, place: Place): void {
  const pending: { value: unknown; path: readonly string[] }[] = [{ value: root, path: [] }];
  let values = 0;
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (typeof at.value !== 'object' || at.value === null) continue;
    if (at.path.length > MAX_DEPTH) throw new DomainError('invalid', 'too_deep', 'The body is nested too deeply');
    const members = Object.entries(at.value);
    values += members.length;
    if (values > MOST_VALUES || (!Array.isArray(at.value) && members.length > MOST_MEMBERS)) throw tooManyMembers();
    for (const [name, value] of members) {
      const path = [...at.path, name];
      if (INHERITED.has(name)) throw unknownMember(name, place(path));
      pending.push({ value, path });
    }
  }
}

const tooManyMembers = () => new DomainError('invalid', 'too_many_members', 'The body holds too many values');

function unknownMember(name: string, source: ErrorSource): DomainError {
  const message = `"${shortened(name)}" is unknown here or can not be set`;
  return new DomainError('invalid', 'unknown_member', message, source, { kind: 'unknown' });
}

function faultsOf(error: ValidationError, above: readonly string[], place: Place): DomainError[] {
  const path = [...above, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownMember(error.property, place(path))
      : new DomainError('invalid', 'invalid_value', message, place(path), reasonOf(rule, message, error.value)),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path, place))];
}
