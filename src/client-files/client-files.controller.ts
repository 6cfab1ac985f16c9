import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor, ClientId, FileId } from '@portico/domain/kernel';
import { ApiContent } from '../files/files.module.js';
import { CurrentActor, RequireBackOffice } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { sendTotal } from '../platform/http/back-office-list.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { Consumes } from '../platform/http/media-type.guard.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { setTag } from '../platform/http/send-tag.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../platform/openapi/back-office-problems.js';
import { ApiBackOfficeBody } from '../platform/openapi/back-office-routes.js';
import { ChangedClientFile } from './client-file-body.dto.js';
import { ChangedClientFileDto, ClientFileDto, ClientFileItem } from './client-file.dto.js';
import { changedFileDto, fileDto, fileItem } from './client-file.presenter.js';
import { ClientFileReads } from './client-file-reads.js';
import { ClientFileUpload } from './client-file-upload.js';
import { ClientChanges } from './client-changes.js';
import {
  ApiClientFileId,
  ApiClientFileUpload,
  ApiClientId,
  ApiDirectoryFilter,
  ApiPart,
} from './client-files.openapi.js';
import { FILE_SORTS, filesRequest } from './client-lists.js';

const CLIENT_ID = new ResourceIdPipe('client');
const FILE_ID = new ResourceIdPipe('file');
const READ = { permissions: ['files_view'] } as const;
const CHANGE = { permissions: ['files_edit'] } as const;
/** Of what puts a file into a folder that its body names. */
const PLACE = [
  'invalid_name',
  'folder_not_changeable',
  'client_not_found',
  'client_folder_not_found',
  'client_folder_archived',
] as const;
const MISSING = ['client_not_found', 'file_not_found'] as const;
const UPDATE = ['file_not_changeable', 'file_not_found', ...PLACE] as const;

/** The files of one client (seed 003), on the same tree as the Files API. */
@ApiTags('Client files')
@ApiProduces('application/json')
@Controller('api/v2/clients/:clientId/files')
export class ClientFilesController {
  constructor(
    private readonly reads: ClientFileReads,
    private readonly upload: ClientFileUpload,
    private readonly changes: ClientChanges,
  ) {}

  /** The client's files in all of its folders, or those of some. `priority` counts the files of each folder from 1. */
  @Get()
  @ApiOperation({ operationId: 'listClientFiles', summary: 'Get a list of client files' })
  @ApiClientId()
  @ApiDirectoryFilter()
  @ApiPart(ClientFileItem, { description: 'The files', sorts: FILE_SORTS })
  @ApiBackOfficeProblems('unknown_member', 'invalid_value', 'client_not_found', 'client_folder_not_found')
  @RequireBackOffice(READ)
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFileItem[]> {
    const { items, total } = await this.reads.list(actor, clientId, filesRequest(query));
    sendTotal(response, total);
    return items.map(fileItem);
  }

  /** Stores a file: its bytes are in the body, or in the firm's import folder on the server. */
  @Post()
  @Consumes('multipart/form-data', 'application/json')
  @ApiOperation({ operationId: 'createClientFile', summary: 'Upload a client file' })
  @ApiClientId()
  @ApiClientFileUpload()
  @ApiCreatedResponse({
    type: ChangedClientFileDto,
    description: 'The new file',
    headers: {
      Location: { description: 'Where it is', schema: { type: 'string' }, example: '/api/v2/clients/1/files/1' },
    },
  })
  @ApiBackOfficeBodyProblems(
    'file_missing',
    'unexpected_part',
    'part_too_large',
    'invalid_multipart',
    'invalid_import_path',
    'import_file_missing',
    'import_not_a_file',
    ...PLACE,
    'file_too_large',
    'storage_full',
  )
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedClientFileDto> {
    const id = await this.upload.receive(actor, clientId, request, response);
    response.setHeader('Location', `/api/v2/clients/${clientId}/files/${id}`);
    return this.changed(actor, clientId, id, response);
  }

  /** What is known of a file. */
  @Get(':fileId')
  @ApiOperation({ operationId: 'getClientFile', summary: 'Get a client file' })
  @ApiClientId()
  @ApiClientFileId()
  @ApiOkResponse({ type: ClientFileDto, description: 'The file' })
  @ApiBackOfficeProblems('unknown_member', ...MISSING)
  @RequireBackOffice(READ)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('fileId', FILE_ID) id: FileId,
  ): Promise<ClientFileDto> {
    return fileDto(clientId, await this.reads.get(actor, clientId, id));
  }

  /** The bytes of a file, whole or in part. */
  @Get(':fileId/download')
  @ApiOperation({ operationId: 'downloadClientFile', summary: 'Download a client file' })
  @ApiClientId()
  @ApiClientFileId()
  @ApiContent()
  @ApiBackOfficeProblems(...MISSING, 'precondition_failed', 'range_not_satisfiable', 'blob_missing')
  @RequireBackOffice(READ)
  async download(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('fileId', FILE_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.reads.download(actor, clientId, id, { request, response });
  }

  /** Gives a file another name, moves it to another folder of the client, and puts it at another place there. */
  @Put(':fileId')
  @ApiOperation({ operationId: 'putClientFile', summary: 'Update a client file' })
  @ApiClientId()
  @ApiClientFileId()
  @ApiBackOfficeBody()
  @ApiOkResponse({ type: ChangedClientFileDto, description: 'The file as it is now' })
  @ApiBackOfficeBodyProblems(...UPDATE)
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ClientFilesController, (files, call) => files.read(call.actor, call.id('clientId'), call.id('fileId')))
  async replace(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('fileId', FILE_ID) id: FileId,
    @Body() body: ChangedClientFile,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedClientFileDto> {
    await this.changes.changeFileOf(actor, clientId, id, body);
    return this.changed(actor, clientId, id, response);
  }

  /** The same as with `PUT`: what is not given stays. */
  @Patch(':fileId')
  @ApiOperation({ operationId: 'updateClientFile', summary: 'Update a client file' })
  @ApiClientId()
  @ApiClientFileId()
  @ApiBackOfficeBody()
  @ApiOkResponse({ type: ChangedClientFileDto, description: 'The file as it is now' })
  @ApiBackOfficeBodyProblems(...UPDATE)
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ClientFilesController, (files, call) => files.read(call.actor, call.id('clientId'), call.id('fileId')))
  change(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('fileId', FILE_ID) id: FileId,
    @Body() body: ChangedClientFile,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChangedClientFileDto> {
    return this.replace(actor, clientId, id, body, response);
  }

  /** Puts a file into the archive, from which the Files API restores it. */
  @Delete(':fileId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteClientFile', summary: 'Delete a client file' })
  @ApiClientId()
  @ApiClientFileId()
  @ApiNoContentResponse({ description: 'It is in the archive' })
  @ApiBackOfficeProblems('file_not_changeable', 'client_not_found', 'file_not_found', 'client_folder_archived')
  @RequireBackOffice(CHANGE)
  @Conditional(ClientFilesController, (files, call) => files.read(call.actor, call.id('clientId'), call.id('fileId')))
  async remove(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('fileId', FILE_ID) id: FileId,
  ): Promise<void> {
    await this.changes.archiveFileOf(actor, clientId, id);
  }

  /** The answer to a change, under the tag of the file. */
  private async changed(
    actor: Actor,
    clientId: ClientId,
    id: FileId,
    response: Response,
  ): Promise<ChangedClientFileDto> {
    const file = await this.reads.changed(actor, clientId, id);
    setTag(response, fileDto(clientId, file));
    return changedFileDto(clientId, file);
  }
}
