import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_EXAMPLES } from './problem-examples.js';
import { ProblemDocument } from './problem.dto.js';

const ID = '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11';
/** What every route may answer, whatever it does. */
const EVERYWHERE = ['unauthenticated', 'missing_permission', 'rate_limited', 'internal_error', 'database_unavailable'];

/** Declares the refusals of a route by their codes, each with an example; those of every route come by themselves. */
export function ApiProblems(...codes: string[]): MethodDecorator {
  const byStatus = new Map<number, Record<string, { value: object }>>();
  for (const code of [...codes, ...EVERYWHERE]) {
    const example = PROBLEM_EXAMPLES[code];
    if (!example) throw new Error(`no example for the code ${code}`);
    const { status, detail, source } = example;
    const title = STATUS_CODES[status];
    const value = { errors: [{ id: ID, status: String(status), code, title, detail, source }] };
    byStatus.set(status, { ...byStatus.get(status), [code]: { value } });
  }
  const schema = { $ref: getSchemaPath(ProblemDocument) };
  return applyDecorators(
    ApiExtraModels(ProblemDocument),
    ...[...byStatus].map(([status, examples]) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status],
        headers: status === 429 ? { 'X-RateLimit-Retry-After': RETRY, 'Retry-After': RETRY } : undefined,
        content: { 'application/vnd.api+json': { schema, examples } },
      }),
    ),
  );
}

const RETRY = { description: 'Seconds to wait', schema: { type: 'integer' as const } };
