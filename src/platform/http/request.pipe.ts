import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { DomainError, type ErrorSource } from '@portico/domain/kernel';
import { InvalidRequest } from '../errors/problem.js';

type Place = (path: readonly string[]) => ErrorSource;
const inBody: Place = (path) => ({ pointer: path.map((part) => `/${part}`).join('') });
const inQuery: Place = (path) => ({ parameter: path.join('.') });

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

function checked<T extends object>(dto: Type<T>, value: unknown, place: Place): T {
  const instance = plainToInstance(dto, value, { exposeUnsetFields: false });
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  const [first, ...others] = errors.flatMap((error) => faultsOf(error, [], place));
  if (first) throw new InvalidRequest([first, ...others]);
  return instance;
}

function faultsOf(error: ValidationError, above: readonly string[], place: Place): DomainError[] {
  const path = [...above, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? new DomainError(
          'invalid',
          'unknown_member',
          `"${error.property}" is unknown here or can not be set`,
          place(path),
        )
      : new DomainError('invalid', 'invalid_value', message, place(path)),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path, place))];
}
