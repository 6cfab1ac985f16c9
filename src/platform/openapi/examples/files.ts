import type { ProblemExample } from './problem-example.js';

/** What the routes about files and folders refuse. */
export const FILES: Readonly<Record<string, ProblemExample>> = {
  file_not_changeable: { status: 403, detail: 'You may read file 123, but not everything it belongs to' },
  storage_full: { status: 503, detail: 'The storage is full; nothing was kept' },
  blob_missing: { status: 503, detail: 'The bytes of this file are not in the storage' },
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
  file_not_found: { status: 404, detail: 'There is no file 123' },
  archived_file_not_found: { status: 404, detail: 'There is no archived file 319' },
  precondition_failed: {
    status: 412,
    detail: 'The content is not the one in If-Match',
    source: { header: 'If-Match' },
  },
  file_too_large: { status: 413, detail: 'The file is larger than 5368709120 bytes', source: { parameter: 'file' } },
  range_not_satisfiable: {
    status: 416,
    detail: 'The content has 256201 bytes',
    source: { header: 'Range' },
  },
};
