import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { titleOf } from '../errors/problem.js';
import type { ProblemExample } from './examples/problem-example.js';
import { PROBLEM_EXAMPLES } from './problem-examples.js';
import { ProblemDocument } from './problem.dto.js';

const ID = '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11';
/** What every route may answer, whatever it does. */
const EVERYWHERE = ['unauthenticated', 'missing_permission', 'rate_limited', 'internal_error', 'database_unavailable'];

/** How a face documents its refusals. */
export interface RefusalFormat {
  readonly mediaType: string;
  /** The DTO class of the body. */
  readonly document: new () => object;
  /** By code. */
  readonly examples: Readonly<Record<string, ProblemExample>>;
  render(code: string, example: ProblemExample): object;
}

/** The refusals of the faces under `/v1`. */
export const V1_REFUSALS: RefusalFormat = {
  mediaType: 'application/vnd.api+json',
  document: ProblemDocument,
  examples: PROBLEM_EXAMPLES,
  render: (code, { status, detail, source }) => ({
    errors: [{ id: ID, status: String(status), code, title: titleOf(status), detail, source }],
  }),
};

/** Declares the refusals of a route by their codes, each with an example; those of every route come by themselves. */
export function ApiProblems(...codes: string[]): MethodDecorator {
  return apiRefusals([...codes, ...EVERYWHERE], V1_REFUSALS);
}

/** Declares refusals in the format of a face. @throws Error for a code that has no example */
export function apiRefusals(codes: readonly string[], format: RefusalFormat): MethodDecorator {
  return applyDecorators(ApiExtraModels(format.document), ...refusalsOf(codes, format).map((answer) => ApiResponse(answer)));
}

/** The refusals as answers, one for each status. @throws Error for a code that has no example */
export function refusalsOf(codes: readonly string[], format: RefusalFormat) {
  const byStatus = new Map<number, Record<string, { value: object }>>();
  for (const code of codes) {
    const example = format.examples[code];
    if (!example) throw new Error(`no example for the code ${code}`);
    const { status } = example;
    byStatus.set(status, { ...byStatus.get(status), [code]: { value: format.render(code, example) } });
  }
  const schema = { $ref: getSchemaPath(format.document) };
  return [...byStatus].map(([status, examples]) => ({
    status,
    description: titleOf(status),
    headers: status === 429 ? { 'X-RateLimit-Retry-After': RETRY, 'Retry-After': RETRY } : undefined,
    content: { [format.mediaType]: { schema, examples } },
  }));
}

const RETRY = { description: 'Seconds to wait', schema: { type: 'integer' as const } };
