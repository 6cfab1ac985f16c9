import type { Language } from '../language/language.js';
import { backOfficeProblem } from './back-office-problem.js';
import type { Problem } from './problem.js';

/** One of the APIs: where it is, and in which format it answers. */
export interface Face {
  readonly mediaType: string;
  readonly errorMediaType: string;
  /** The media types of bodies that it reads. */
  readonly bodyTypes: readonly string[];
  /** Whether it speaks the language that the caller likes best, and not English to everybody. */
  readonly isMultilingual?: true;
  renderProblem(problem: Problem, call: { requestId: string; language: Language }): object;
}

const JSON_TYPES = ['application/vnd.api+json', 'application/json'];

const jsonApi: Face = {
  mediaType: 'application/vnd.api+json',
  errorMediaType: 'application/vnd.api+json',
  bodyTypes: JSON_TYPES,
  renderProblem: ({ status, title, faults }, { requestId: id }) => ({
    errors: faults.map(({ code, detail, source }) => ({ id, status: String(status), code, title, detail, source })),
  }),
};

/** The Portal API (contract, section 7). */
const portal: Face = {
  mediaType: 'application/json',
  errorMediaType: 'application/json',
  bodyTypes: JSON_TYPES,
  renderProblem: ({ faults: [{ code, detail, field }] }) => ({
    error: field === undefined ? detail : `${field} ${detail}`,
    code,
  }),
};

/** The Back Office API (contract, section 6). */
const backOffice: Face = {
  mediaType: 'application/json',
  errorMediaType: 'application/problem+json',
  bodyTypes: ['application/json'],
  isMultilingual: true,
  renderProblem: backOfficeProblem,
};

/** What belongs to no API (health, documents, unknown addresses): problem documents, RFC 9457. */
const plain: Face = {
  mediaType: 'application/json',
  errorMediaType: 'application/problem+json',
  bodyTypes: JSON_TYPES,
  renderProblem: ({ status, title, faults: [{ code, detail }] }, { requestId }) => ({
    type: 'about:blank',
    status,
    title,
    code,
    detail,
    requestId,
  }),
};

/** The face to which `path` belongs. `/api/v1` has become `/v1` before anyone asks. */
export function faceOf(path: string): Face {
  if (isBelow(path, '/v1')) return jsonApi;
  if (isBelow(path, '/api/v2')) return backOffice;
  return isBelow(path, '/api/portal') ? portal : plain;
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}
