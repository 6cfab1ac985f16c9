import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiNoContentResponse, ApiParam } from '@nestjs/swagger';
import { ApiJsonRequestBody } from '../platform/openapi/request-body.js';
import { CheckUploadBody } from './upload.dto.js';

/** The media type of the bytes of an upload (TUS 1.0, "PATCH"). */
export const OFFSET_BYTES = 'application/offset+octet-stream';
/** Of what a new file may be refused for, before its bytes and after them. */
export const NEW_FILE = [
  ...['invalid_name', 'extension_mismatch', 'invalid_file_path', 'file_path_and_parent'],
  ...['folder_not_found', 'not_a_folder', 'folder_not_changeable', 'folder_too_deep'],
  ...['unknown_entities', 'unknown_groups'],
];

const header = (name: string, description: string, example?: string): MethodDecorator =>
  ApiHeader({ name, description, required: example !== undefined, schema: { type: 'string', example } });

const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const }, example });

/** Where the new upload is. */
export const UPLOAD_LOCATION = text('Where it is', '/api/v1/uploads/0199b2d5-7c1e-7f3a-9d60-5e2c8f1b4a77');

const EXPIRES = text('Until when the next byte is waited for', 'Sun, 21 Jun 2026 20:55:07 GMT');
const OFFSET = text('How many bytes have arrived', '131072');
const FILE = text('Once it is finished, the file that it has become', '/api/v1/files/123');

/** The version of the protocol, which every call names. */
export const ApiTusVersion = (): MethodDecorator =>
  header('Tus-Resumable', 'The version of the protocol that the caller speaks', '1.0.0');

/** The `:id` of an upload in the path. */
export const ApiUploadId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: 'The id of the upload',
    schema: { type: 'string', format: 'uuid', example: '0199b2d5-7c1e-7f3a-9d60-5e2c8f1b4a77' },
  });

const ApiBytes = (required: boolean): MethodDecorator =>
  applyDecorators(
    header('Upload-Checksum', 'The hash that the bytes of this call must have: sha256 or sha1, and it in base64'),
    ApiConsumes(OFFSET_BYTES),
    ApiBody({ required, schema: { type: 'string', format: 'binary', example: 'bytes' } }),
  );

/** What a creation says. */
export const ApiUploadCreation = (): MethodDecorator =>
  applyDecorators(
    ApiTusVersion(),
    header('Upload-Length', 'How many bytes there will be', '256201'),
    header(
      'Upload-Metadata',
      'Names, each with a value in base64: `filename`, `filetype`, and `metadata`, the JSON of that part of an upload in one piece',
      'filename U2FtcGxlLnBkZg==,filetype YXBwbGljYXRpb24vcGRm',
    ),
    ApiBytes(false),
  );

/** The next bytes, and where they go on. */
export const ApiUploadBytes = (): MethodDecorator =>
  applyDecorators(
    ApiTusVersion(),
    ApiUploadId(),
    header('Upload-Offset', 'Where the bytes go on', '0'),
    ApiBytes(true),
    ApiNoContentResponse({
      description: 'The bytes are kept',
      headers: { 'Upload-Offset': OFFSET, 'Upload-Expires': EXPIRES, 'Content-Location': FILE },
    }),
  );

/** The body of a check. */
export const ApiCheckBody = (): MethodDecorator =>
  ApiJsonRequestBody({
    type: CheckUploadBody,
    examples: {
      'a file in a folder': {
        value: {
          data: {
            type: 'uploads',
            attributes: {
              filename: 'Sample.pdf',
              bytes: 256201,
              metadata: { data: { type: 'files', attributes: { parent_folder_id: 0 } } },
            },
          },
        },
      },
    },
  });
