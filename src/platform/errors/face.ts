import type { Problem } from './problem.js';

/** One of the APIs: where it is, and in which format it answers. */
export interface Face {
  readonly mediaType: string;
  readonly errorMediaType: string;
  renderProblem(problem: Problem, requestId: string): object;
}

const jsonApi: Face = {
  mediaType: 'application/vnd.api+json',
  errorMediaType: 'application/vnd.api+json',
  renderProblem: ({ status, title, faults }, id) => ({
    errors: faults.map(({ code, detail, source }) => ({ id, status: String(status), code, title, detail, source })),
  }),
};

/** The Portal API (contract, section 7). */
const portal: Face = {
  mediaType: 'application/json',
  errorMediaType: 'application/json',
  renderProblem: ({ faults: [{ code, detail }] }) => ({ error: detail, code }),
};

/** What belongs to no API (health, documents, unknown addresses): problem documents, RFC 9457. */
const plain: Face = {
  mediaType: 'application/json',
  errorMediaType: 'application/problem+json',
  renderProblem: ({ status, title, faults: [{ code, detail }] }, requestId) => ({
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
  return isBelow(path, '/api/portal') ? portal : plain;
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}
