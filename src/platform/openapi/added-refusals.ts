import type { RefusalFormat } from './api-problems.js';
import { refusalsOf, V1_REFUSALS } from './api-problems.js';
import { BACK_OFFICE_REFUSALS } from './back-office-problems.js';
import { PORTAL_REFUSALS } from './portal-problems.js';

const FORMATS: readonly RefusalFormat[] = [V1_REFUSALS, BACK_OFFICE_REFUSALS, PORTAL_REFUSALS];

/** An answer of an operation, as far as something is added to it. */
export interface AnswerPart {
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, { examples?: Record<string, unknown> }>;
}

/** An operation of a document, as far as something is added to it. */
export interface OperationPart {
  readonly security?: readonly object[];
  parameters?: object[];
  responses: Record<string, AnswerPart>;
}

/**
 * Documents that `operation` also refuses with these codes, in the format of its face.
 * @throws Error when its face is unknown, or for a code that has no example
 */
export function addRefusals(operation: OperationPart, codes: readonly string[]): void {
  const refusal = Object.keys(operation.responses['401']?.content ?? {})[0];
  const format = FORMATS.find(({ mediaType }) => mediaType === refusal);
  if (!format) throw new Error(`no format of refusals for the media type ${refusal}`);
  for (const { status, ...answer } of refusalsOf(codes, format)) {
    const declared = operation.responses[status];
    operation.responses[status] = declared ? joined(declared, answer, format.mediaType) : answer;
  }
}

/** The answer with the examples of both. */
function joined(declared: AnswerPart, added: AnswerPart, mediaType: string): AnswerPart {
  const [own, more] = [declared.content?.[mediaType], added.content?.[mediaType]];
  const examples = { ...own?.examples, ...more?.examples };
  return { ...declared, content: { ...declared.content, [mediaType]: { ...own, examples } } };
}
