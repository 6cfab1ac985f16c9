import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiQuery } from '@nestjs/swagger';
import { ApiRequestBody } from '../platform/openapi/request-body.js';
import { ClientFileParts, ImportedClientFile } from './client-file-body.dto.js';

const int64 = { type: 'integer' as const, format: 'int64', example: 1 };

export const ApiClientId = (): MethodDecorator =>
  ApiParam({ name: 'clientId', description: 'The id of the client', schema: int64 });
export const ApiClientFileId = (): MethodDecorator =>
  ApiParam({ name: 'fileId', description: 'The id of the file', schema: int64 });
export const ApiClientFolderId = (): MethodDecorator =>
  ApiParam({ name: 'folderId', description: 'The id of the folder', schema: int64 });
export const ApiTreeFolderId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the folder of the default tree', schema: int64 });

/** A list, part by part: its rows and how many there are in all. */
export function ApiPart(
  item: new () => object,
  { description, sorts }: { description: string; sorts: readonly string[] },
): MethodDecorator {
  const headers = {
    'X-Total-Count': { description: 'How many there are in all', schema: { type: 'integer' as const }, example: 1 },
  };
  const sort = { type: 'string' as const, enum: [...sorts], default: sorts[0] };
  const order = { type: 'string' as const, enum: ['asc', 'desc'], default: 'asc' };
  return applyDecorators(
    ApiOkResponse({ type: [item], description, headers }),
    ApiQuery({
      name: 'limit',
      required: false,
      description: 'How many at most',
      schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    }),
    ApiQuery({
      name: 'offset',
      required: false,
      description: 'How many to pass over first',
      schema: { type: 'integer', minimum: 0, default: 0 },
    }),
    ApiQuery({ name: 'sort_by', required: false, description: 'The field to sort by', schema: sort }),
    ApiQuery({ name: 'sort_order', required: false, description: 'Upwards or downwards', schema: order }),
  );
}

/** The filter of a list of files. */
export const ApiDirectoryFilter = (): MethodDecorator =>
  ApiQuery({
    name: 'filter[directoryId]',
    required: false,
    description:
      'Only what stands directly in this folder, or in one of several with commas between them; null: at the top',
    schema: { type: 'string' },
  });

/** The bodies of an upload. */
export function ApiClientFileUpload(): MethodDecorator {
  const imported = { file: 'file.pdf', caption: 'Service agreement', directoryId: 1 };
  return ApiRequestBody({
    'multipart/form-data': { type: ClientFileParts },
    'application/json': { type: ImportedClientFile, examples: { 'from the import folder': { value: imported } } },
  });
}
