import type { OpenAPIObject } from '@nestjs/swagger';
import { addRefusals, type OperationPart } from './added-refusals.js';

const CODES = [
  ...['invalid_idempotency_key', 'idempotency_key_reused'],
  ...['idempotency_key_in_use', 'idempotency_answer_lost'],
];
const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Chosen by the caller. The same request with the same key within 24 hours is answered with what was answered, and with `Idempotency-Replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** `document`, with the header that every POST and PATCH of callers with credentials takes, and what it may refuse. */
export function withIdempotency(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const operation of [path.post, path.patch] as unknown as readonly (OperationPart | undefined)[])
      if (operation?.security) takeKeys(operation);
  return document;
}

function takeKeys(operation: OperationPart): void {
  operation.parameters = [...(operation.parameters ?? []), KEY];
  addRefusals(operation, CODES);
}
