import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import {
  DomainError,
  type ErrorKind,
  type ErrorSource,
  InvalidField,
  type Reason,
  RetryLater,
} from '@portico/domain/kernel';
import { unavailableOf, unkeepableTextOf } from '../database/database-errors.js';

/** The status of each kind of refusal. 422 is not in use. */
export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  rate_limited: 429,
  checksum_mismatch: 460,
  unavailable: 503,
};

/** The reason phrases that HTTP has, and the one that the protocol of resumable uploads adds (TUS 1.0, "Checksum"). */
const TITLES: Readonly<Record<number, string | undefined>> = { ...STATUS_CODES, 460: 'Checksum Mismatch' };

/** The reason phrase of a status. */
export const titleOf = (status: number): string => TITLES[status] ?? 'Error';

/** One fault, as every face tells it in its own format. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
  readonly source?: ErrorSource;
  /** The path of a field of the input, with `/` between its parts, where nothing says where in the request it stands. */
  readonly field?: string;
  readonly reason?: Reason;
}

/** Why a request was refused. */
export interface Problem {
  readonly status: number;
  /** The HTTP reason phrase. */
  readonly title: string;
  readonly faults: readonly [Fault, ...Fault[]];
  /** In how many seconds the same may be tried again. */
  readonly retryAfter?: number;
}

/** A body or query with several faults; all of them are told at once. */
export class InvalidRequest extends DomainError {
  constructor(readonly faults: readonly [DomainError, ...DomainError[]]) {
    super('invalid', faults[0].code, faults[0].message, faults[0].source);
  }
}

/** An error of body-parser, multer's parser or Express: made with http-errors. */
interface ExposedHttpError extends Error {
  readonly status: number;
  readonly type?: string;
}

/** What a caller is told about `error`: never a stack, an SQL text or anything else from inside. */
export function problemOf(error: unknown): Problem {
  const refusal =
    error instanceof DomainError ? error : (unavailableOf(error) ?? unkeepableTextOf(error) ?? foreignRefusal(error));
  if (!refusal) return problem(500, [{ code: 'internal_error', detail: 'Something went wrong on our side' }]);
  const all = refusal instanceof InvalidRequest ? refusal.faults : ([refusal] as const);
  const [first, ...others] = all.map(faultOf);
  const retryAfter = refusal instanceof RetryLater ? refusal.seconds : refusal.kind === 'unavailable' ? 1 : undefined;
  return { ...problem(STATUS_OF[refusal.kind], [first as Fault, ...others]), retryAfter };
}

function faultOf(error: DomainError): Fault {
  const { code, message: detail, source, reason } = error;
  const field = error instanceof InvalidField && !source ? error.field : undefined;
  return { code, detail, source, field, reason };
}

function problem(status: number, faults: readonly [Fault, ...Fault[]]): Problem {
  return { status, title: titleOf(status), faults };
}

/** Refusals by the framework and its parsers, in our words. */
function foreignRefusal(error: unknown): DomainError | null {
  const status = error instanceof HttpException ? error.getStatus() : (error as ExposedHttpError | null)?.status;
  const type = (error as Partial<ExposedHttpError> | null)?.type;
  if (error instanceof URIError) return new DomainError('invalid', 'invalid_path', 'The path is not properly encoded');
  if (type === 'entity.parse.failed') return new DomainError('invalid', 'invalid_json', 'The body is not valid JSON');
  switch (status) {
    case 400:
      return new DomainError('invalid', 'invalid_request', 'The request could not be read');
    case 404:
      return new DomainError('not_found', 'route_not_found', 'There is nothing at this address');
    case 413:
      return new DomainError('too_large', 'body_too_large', 'The body is too large');
    case 415:
      return new DomainError('unsupported_media_type', 'unsupported_encoding', 'The encoding of the body is unknown');
    default:
      return null;
  }
}
