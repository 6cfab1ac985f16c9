import { STATUS_CODES } from 'node:http';
import { type BackOfficeCode, CODES } from '../language/catalogue.js';
import { apiRefusals, type RefusalFormat } from './api-problems.js';
import type { ProblemExample } from './examples/problem-example.js';
import { BackOfficeProblem } from './problem.dto.js';

const ID = '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11';
const EXAMPLES = Object.fromEntries(
  Object.entries(CODES).map(([code, { status, en, ...texts }]): [string, ProblemExample] => [
    code,
    { status, detail: en, ...('field' in texts && { source: { pointer: texts.field } }) },
  ]),
);
/** The refusals of the Back Office API. */
export const BACK_OFFICE_REFUSALS: RefusalFormat = {
  mediaType: 'application/problem+json',
  document: BackOfficeProblem,
  examples: EXAMPLES,
  render: (code, { status, detail, source }) => ({
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail,
    code,
    requestId: ID,
    ...(source && { errors: [{ field: (source as { pointer: string }).pointer, message: detail }] }),
  }),
};
/** What every route may answer, whatever it does. */
const EVERYWHERE = ['rate_limited', 'internal_error', 'database_unavailable'] as const;

/** Declares the refusals of a route of the Back Office by their codes; those of every route come by themselves. */
export function ApiBackOfficeProblems(...codes: BackOfficeCode[]): MethodDecorator {
  return refusals([...codes, 'unauthenticated', 'missing_permission', ...EVERYWHERE]);
}

/** The same, of a route with a body. */
export function ApiBackOfficeBodyProblems(...codes: BackOfficeCode[]): MethodDecorator {
  return ApiBackOfficeProblems(...BODY, ...codes);
}

/** The same, of the routes that give credentials out. */
export function ApiOpenProblems(...codes: BackOfficeCode[]): MethodDecorator {
  return refusals([...BODY, ...codes, 'missing_permission', 'internal_error', 'database_unavailable']);
}

/** What every route with a body may answer. */
const BODY = [
  ...(['unknown_member', 'invalid_value', 'invalid_json', 'invalid_body', 'body_too_large'] as const),
  'unsupported_media_type',
] as const;

function refusals(codes: readonly BackOfficeCode[]): MethodDecorator {
  return apiRefusals([...new Set(codes)], BACK_OFFICE_REFUSALS);
}
