import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDocument } from './problem.dto.js';

const ID = '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11';
/** What every route may answer, whatever it does. */
const EVERYWHERE = ['unauthenticated', 'missing_permission', 'rate_limited', 'internal_error', 'database_unavailable'];

interface Example {
  readonly status: number;
  readonly detail: string;
  readonly source?: object;
}

/** One example for each code that the Files API answers. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  unauthenticated: { status: 401, detail: 'The API key or its secret is wrong' },
  missing_permission: { status: 403, detail: 'The user does not have the permission files_view' },
  file_not_changeable: { status: 403, detail: 'You may read file 123, but not everything it belongs to' },
  rate_limited: { status: 429, detail: 'More than 600 requests in a minute with one credential' },
  internal_error: { status: 500, detail: 'Something went wrong on our side' },
  database_unavailable: { status: 503, detail: 'The database does not answer; try again in a moment' },
  storage_full: { status: 503, detail: 'The storage is full; nothing was kept' },
  blob_missing: { status: 503, detail: 'The bytes of this file are not in the storage' },
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
  invalid_period: {
    status: 400,
    detail: 'createdAfter must be earlier than createdBefore',
    source: { parameter: 'filter[files][createdAfter]' },
  },
  invalid_name: {
    status: 400,
    detail: 'The name must not hold a slash or a backslash',
    source: { pointer: '/data/attributes/name' },
  },
  extension_mismatch: {
    status: 400,
    detail: 'The name has the extension ".exe", the file has the extension ".pdf"',
    source: { pointer: '/data/attributes/name' },
  },
  file_missing: { status: 400, detail: 'The part "file" is missing', source: { parameter: 'file' } },
  invalid_multipart: { status: 400, detail: 'The body is not valid multipart/form-data' },
  invalid_json: { status: 400, detail: 'The body is not valid JSON' },
  file_not_found: { status: 404, detail: 'There is no file 123' },
  archived_file_not_found: { status: 404, detail: 'There is no archived file 319' },
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
  precondition_failed: {
    status: 412,
    detail: 'The content is not the one in If-Match',
    source: { header: 'If-Match' },
  },
  file_too_large: { status: 413, detail: 'The file is larger than 5368709120 bytes', source: { parameter: 'file' } },
  body_too_large: { status: 413, detail: 'The body is too large' },
  unsupported_media_type: {
    status: 415,
    detail: 'The body must be multipart/form-data, not text/plain',
    source: { header: 'Content-Type' },
  },
  range_not_satisfiable: {
    status: 416,
    detail: 'The content has 256201 bytes',
    source: { header: 'Range' },
  },
};

/** Declares the refusals of a route by their codes, each with an example; those of every route come by themselves. */
export function ApiProblems(...codes: string[]): MethodDecorator {
  const byStatus = new Map<number, Record<string, { value: object }>>();
  for (const code of [...codes, ...EVERYWHERE]) {
    const example = EXAMPLES[code];
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
