import { DomainError } from './domain-error.js';
import type { Reason } from './reason.js';

/** A field of an input holds what it must not. Each face says where in its request the field stands. */
export class InvalidField extends DomainError {
  /**
   * `field` is the path to it in the input, with `/` between its parts: `loginEmail`, `emails/0/email`. The message
   * goes on after its name: `must not be empty`.
   */
  constructor(
    readonly field: string,
    message: string,
    code = 'invalid_value',
    reason?: Reason,
  ) {
    super('invalid', code, message, undefined, reason);
  }
}

/** Ids of entities or groups in an input that it must not hold. Each face says where in its request they stand. */
export class InvalidIds extends DomainError {
  constructor(
    readonly of: 'entities' | 'groups',
    readonly ids: readonly string[],
    code: string,
    message: string,
  ) {
    super('invalid', code, message);
  }
}

/** How many ids a message names. */
const NAMED = 20;

/** Ids of entities or groups that the firm has not, or that are not permitted to the actor: nobody can tell which. */
export class UnknownIds extends InvalidIds {
  constructor(of: 'entities' | 'groups', ids: readonly string[]) {
    const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
    super(of, ids, `unknown_${of}`, `The firm has no ${of} with the ids ${ids.slice(0, NAMED).join(', ')}${more}`);
  }
}
