import type { ProblemExample } from './problem-example.js';

/** What any route may refuse. */
export const REQUESTS: Readonly<Record<string, ProblemExample>> = {
  unauthenticated: { status: 401, detail: 'The API key or its secret is wrong' },
  missing_permission: { status: 403, detail: 'The user does not have the permission files_view' },
  rate_limited: { status: 429, detail: 'More than 600 requests in a minute with one credential' },
  internal_error: { status: 500, detail: 'Something went wrong on our side' },
  database_unavailable: { status: 503, detail: 'The database does not answer; try again in a moment' },
  try_again: { status: 503, detail: 'Others are changing the same; try again in a moment' },
  unknown_member: {
    status: 400,
    detail: '"include" is unknown here or can not be set',
    source: { parameter: 'include' },
  },
  invalid_value: {
    status: 400,
    detail: 'page[limit] must be a whole number from 1 to 2000',
    source: { parameter: 'page[limit]' },
  },
  invalid_idempotency_key: {
    status: 400,
    detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters',
    source: { header: 'Idempotency-Key' },
  },
  idempotency_key_reused: {
    status: 400,
    detail: 'Idempotency-Key was used with another request within the last 24 hours',
    source: { header: 'Idempotency-Key' },
  },
  idempotency_key_in_use: {
    status: 409,
    detail: 'A request with this key is being worked on; ask again',
    source: { header: 'Idempotency-Key' },
  },
  idempotency_answer_lost: {
    status: 409,
    detail: 'The request with this key was carried out, but its answer was lost; look for what it made',
    source: { header: 'Idempotency-Key' },
  },
  invalid_json: { status: 400, detail: 'The body is not valid JSON' },
  type_mismatch: {
    status: 409,
    detail: 'The type must be "files", not "groups"',
    source: { pointer: '/data/type' },
  },
  id_mismatch: {
    status: 409,
    detail: 'The id must be "1111" as in the URL, not "1112"',
    source: { pointer: '/data/id' },
  },
  body_too_large: { status: 413, detail: 'The body is too large' },
  unsupported_media_type: {
    status: 415,
    detail: 'The body must be multipart/form-data, not text/plain',
    source: { header: 'Content-Type' },
  },
};
