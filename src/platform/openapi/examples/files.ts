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
    detail: 'If-Match names another state than the current one',
    source: { header: 'If-Match' },
  },
  file_too_large: { status: 413, detail: 'The file is larger than 5368709120 bytes', source: { parameter: 'file' } },
  range_not_satisfiable: {
    status: 416,
    detail: 'The content has 256201 bytes',
    source: { header: 'Range' },
  },
  folder_has_no_content: { status: 400, detail: '345 is a folder: it has no bytes to download' },
  folder_not_found: {
    status: 400,
    detail: 'There is no active folder 12345',
    source: { pointer: '/data/attributes/parent_folder_id' },
  },
  not_a_folder: {
    status: 400,
    detail: '123 "Sample.pdf" is a file',
    source: { pointer: '/data/attributes/parent_folder_id' },
  },
  moved_into_itself: {
    status: 400,
    detail: 'Folder 345 can not stand in itself or below itself',
    source: { pointer: '/data/attributes/parent_folder_id' },
  },
  folder_too_deep: {
    status: 400,
    detail: 'Folders stand at most 128 levels deep',
    source: { pointer: '/data/attributes/parent_folder_id' },
  },
  invalid_file_path: {
    status: 400,
    detail: 'There is no folder "Path" where "Sample/Folder/Path/" has one',
    source: { pointer: '/data/attributes/file_path' },
  },
  file_path_and_parent: {
    status: 400,
    detail: 'file_path and parent_folder_id can not both be given',
    source: { pointer: '/data/attributes/file_path' },
  },
  association_inherited: {
    status: 400,
    detail: 'The association with entities 10000 comes from folder 345 "Clients" and can only be removed there',
    source: { pointer: '/data/0/id' },
  },
  folder_not_changeable: {
    status: 403,
    detail: 'You may read folder 345 "Clients", but not everything it belongs to',
    source: { pointer: '/data/attributes/parent_folder_id' },
  },
  folder_content_not_changeable: {
    status: 403,
    detail: 'Folder 345 holds what you may not change, such as 678; nothing was changed',
  },
  parent_folder_not_found: {
    status: 404,
    detail: 'There is no folder 12345',
    source: { parameter: 'filter[files][parentFolderId]' },
  },
  folder_archived: {
    status: 409,
    detail: 'Folder 345 "Clients" is archived: restore it first, or give another parent_folder_id',
  },
};
