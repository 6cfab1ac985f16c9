import type { Reason } from './reason.js';

/** What kind of refusal it is; each face maps it to its own status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'range_not_satisfiable'
  | 'checksum_mismatch'
  | 'rate_limited'
  | 'unavailable';

/** Where in the request the fault is: a JSON pointer into the body (RFC 6901) or a query parameter, header or part. */
export interface ErrorSource {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
}

/**
 * A refusal. `code` is public API and never changes; `message` is written for the caller, in English; `reason` says the
 * same of a value in a form that other languages have sentences for.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly source?: ErrorSource,
    readonly reason?: Reason,
  ) {
    super(message);
    this.name = 'DomainError';
  }

  /** The same refusal, with the place in the request that caused it. */
  at(source: ErrorSource): DomainError {
    return new DomainError(this.kind, this.code, this.message, source, this.reason);
  }
}
