import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger';
import { IF_MATCH, IF_NONE_MATCH } from '../platform/openapi/conditions.js';
import { ApiJsonRequestBody, ApiRequestBody } from '../platform/openapi/request-body.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { ChangeFileBody, CreateFolderBody, RestoreBody, UploadBody } from './file-body.dto.js';

const BYTES = { 'application/binary': { schema: { type: 'string' as const, format: 'binary' } } };
const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const }, example });

const CONTENT_HEADERS = {
  'Content-Disposition': text('The name', `attachment; filename="Sample.pdf"; filename*=UTF-8''Sample.pdf`),
  ETag: text('The SHA-256 of the bytes', '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"'),
  'Accept-Ranges': text('Ranges of bytes can be asked for', 'bytes'),
};

/** The `:id` of a file in the path. */
export const ApiFileId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the file', schema: { type: 'string', example: '123' } });

/** The answers of a download, and the headers that it understands (RFC 9110, sections 13 and 14). */
export const ApiContent = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({ name: 'Range', required: false, description: 'The part to send, such as bytes=0-1023' }),
    ApiHeader({
      name: 'If-Range',
      required: false,
      description: 'An ETag: the part only if the bytes are still those',
    }),
    ApiHeader(IF_NONE_MATCH),
    ApiHeader(IF_MATCH),
    ApiResponse({ status: 200, description: 'The bytes', content: BYTES, headers: CONTENT_HEADERS }),
    ApiResponse({
      status: 206,
      description: 'The part that was asked for',
      content: BYTES,
      headers: { ...CONTENT_HEADERS, 'Content-Range': text('Which part this is', 'bytes 0-1023/256201') },
    }),
    ApiResponse({ status: 304, description: 'The caller has these bytes already' }),
  );

const resource = (data: object) => ({ value: { data: { type: 'files', ...data } } });
const linked = (type: string, ...ids: string[]) => ({ data: ids.map((id) => ({ type, id })) });
/** The first is also what the Swagger UI fills in. */
const CHANGES = {
  rename: resource({ id: '1111', attributes: { name: 'RenamedFile.txt' } }),
  move: resource({ id: '1111', attributes: { parent_folder_id: 54321 } }),
  associate: resource({
    id: '1111',
    relationships: { associated_entities: linked('entities', '10000', '10001'), associated_groups: linked('groups') },
  }),
};
const FOLDERS = {
  folder: resource({ attributes: { name: 'Test Folder', is_folder: true } }),
  'folder in a folder, for an entity': resource({
    attributes: { name: 'Test Folder', is_folder: true, parent_folder_id: 12345 },
    relationships: { associated_entities: linked('entities', '10000') },
  }),
};

/** The body of `PATCH /v1/files/:id`. */
export const ApiChangeBody = (): MethodDecorator => ApiJsonRequestBody({ type: ChangeFileBody, examples: CHANGES });

/** The bodies of `POST /v1/files`: the parts of a file, or a folder. */
export function ApiCreateBody(): MethodDecorator {
  const folder = { type: CreateFolderBody, examples: FOLDERS };
  return ApiRequestBody({
    'multipart/form-data': { type: UploadBody },
    'application/vnd.api+json': folder,
    'application/json': folder,
  });
}

/** The optional body of a restore. */
export const ApiRestoreBody = (): MethodDecorator =>
  ApiJsonRequestBody(
    { type: RestoreBody, examples: { 'to another folder': resource({ attributes: { parent_folder_id: 0 } }) } },
    { required: false },
  );

/** The body of a relationship route. */
export const ApiLinkageBody = (type: string, ...ids: string[]): MethodDecorator =>
  ApiJsonRequestBody({ type: LinkageBody, examples: { [type]: { value: linked(type, ...ids) } } });
