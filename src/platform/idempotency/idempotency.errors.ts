import { DomainError } from '@portico/domain/kernel';

const HEADER = { header: 'Idempotency-Key' };

export const idempotencyErrors = {
  invalidKey: () =>
    new DomainError('invalid', 'invalid_idempotency_key', 'must be 1 to 255 visible ASCII characters', HEADER),

  reused: () =>
    new DomainError(
      'invalid',
      'idempotency_key_reused',
      'was used with another request within the last 24 hours',
      HEADER,
    ),

  running: () =>
    new DomainError(
      'conflict',
      'idempotency_key_in_use',
      'A request with this key is being worked on; ask again',
      HEADER,
    ),

  /** The server ended between the change and its answer. */
  answerLost: () =>
    new DomainError(
      'conflict',
      'idempotency_answer_lost',
      'The request with this key was carried out, but its answer was lost; look for what it made',
      HEADER,
    ),
};
