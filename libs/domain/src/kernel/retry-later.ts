import { DomainError } from './domain-error.js';

/** A refusal for now: after `seconds` the same may be tried again. */
export class RetryLater extends DomainError {
  constructor(
    code: string,
    message: string,
    readonly seconds: number,
  ) {
    super('rate_limited', code, message);
  }
}
