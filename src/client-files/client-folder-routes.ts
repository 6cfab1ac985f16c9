import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { RequireBackOffice } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../platform/openapi/back-office-problems.js';
import { ApiBackOfficeBody } from '../platform/openapi/back-office-routes.js';
import { ClientFolderDto, ClientFolderItem } from './client-file.dto.js';
import { ApiClientFolderId, ApiClientId } from './client-files.openapi.js';

/** What the routes of folders need. */
export const READ = { permissions: ['files_view'] } as const;
export const CHANGE = { permissions: ['files_edit'] } as const;
const CHANGED = [
  'file_not_changeable',
  'client_not_found',
  'client_folder_not_found',
  'client_folder_archived',
] as const;

/** A route that shows a folder. */
export const Shows = (): MethodDecorator =>
  applyDecorators(
    ApiClientId(),
    ApiClientFolderId(),
    Tagged(),
    ApiOkResponse({ type: ClientFolderItem, description: 'The folder' }),
    ApiBackOfficeProblems('unknown_member', 'client_not_found', 'client_folder_not_found'),
    RequireBackOffice(READ),
    UseInterceptors(NoParametersInterceptor),
  );

/** A route that renames a folder. */
export const Renames = (): MethodDecorator =>
  applyDecorators(
    ApiClientId(),
    ApiClientFolderId(),
    ApiBackOfficeBody(),
    Tagged(),
    ApiOkResponse({ type: ClientFolderDto, description: 'The folder as it is now' }),
    ApiBackOfficeBodyProblems('invalid_name', ...CHANGED),
    RequireBackOffice(CHANGE),
    UseInterceptors(JsonBodyInterceptor),
  );

/** A route that archives a folder. */
export const Archives = (): MethodDecorator =>
  applyDecorators(
    ApiClientId(),
    ApiClientFolderId(),
    ApiNoContentResponse({ description: 'It is in the archive, with everything in it' }),
    ApiBackOfficeProblems('folder_content_not_changeable', ...CHANGED),
    RequireBackOffice(CHANGE),
  );
