import type { OpenAPIObject } from '@nestjs/swagger';
import type { RefusalFormat } from './api-problems.js';
import { refusalsOf, V1_REFUSALS } from './api-problems.js';
import { BACK_OFFICE_REFUSALS } from './back-office-problems.js';
import { PORTAL_REFUSALS } from './portal-problems.js';

const CODES = [
  ...['invalid_idempotency_key', 'idempotency_key_reused'],
  ...['idempotency_key_in_use', 'idempotency_answer_lost'],
];
const FORMATS: readonly RefusalFormat[] = [V1_REFUSALS, BACK_OFFICE_REFUSALS, PORTAL_REFUSALS];
const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Chosen by the caller. The same request with the same key within 24 hours is answered with what was answered, and with `Idempotency-Replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

interface Answer {
  content?: Record<string, { examples?: Record<string, unknown> }>;
}
interface Operation {
  readonly security?: readonly object[];
  parameters?: object[];
  responses: Record<string, Answer>;
}

/** `document`, with the header that every POST and PATCH of callers with credentials takes, and what it may refuse. */
export function withIdempotency(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const operation of [path.post, path.patch] as unknown as readonly (Operation | undefined)[])
      if (operation?.security) takeKeys(operation);
  return document;
}

function takeKeys(operation: Operation): void {
  const refusal = Object.keys(operation.responses['401']?.content ?? {})[0];
  const format = FORMATS.find(({ mediaType }) => mediaType === refusal);
  if (!format) throw new Error(`no format of refusals for the media type ${refusal}`);
  operation.parameters = [...(operation.parameters ?? []), KEY];
  for (const { status, ...answer } of refusalsOf(CODES, format)) {
    const declared = operation.responses[status];
    operation.responses[status] = declared ? joined(declared, answer, format.mediaType) : answer;
  }
}

/** The answer with the examples of both. */
function joined(declared: Answer, added: Answer, mediaType: string): Answer {
  const [own, more] = [declared.content?.[mediaType], added.content?.[mediaType]];
  const examples = { ...own?.examples, ...more?.examples };
  return { ...declared, content: { ...declared.content, [mediaType]: { ...own, examples } } };
}
