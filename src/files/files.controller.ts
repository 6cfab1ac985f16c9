import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor, FileId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { sendLocation } from '../platform/http/location.js';
import { Consumes } from '../platform/http/media-type.guard.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { CHANGE_FILES, READ_FILES } from './file.access.js';
import { ChangeFileBody } from './file-body.dto.js';
import { FileChanges } from './file-changes.js';
import { FileDocument, FileListDocument } from './file.dto.js';
import { ApiChangeBody, ApiContent, ApiCreateBody, ApiFileId } from './file.openapi.js';
import { FileFilters, FileListQuery } from './file-query.dto.js';
import { FileReads } from './file-reads.js';
import { FileUpload } from './file-upload.js';

const FILE_ID = new ResourceIdPipe('file');
/** Of whatever names a folder or associations in a body. */
const PLACE_AND_LINKAGE = [
  'folder_not_found',
  'not_a_folder',
  'folder_not_changeable',
  'folder_too_deep',
  'unknown_entities',
  'unknown_groups',
];

@ApiTags('Files')
@ApiProduces('application/vnd.api+json')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly reads: FileReads,
    private readonly upload: FileUpload,
    private readonly changes: FileChanges,
  ) {}

  /** One page of all files, folders or both that the caller may read, in ascending id order. */
  @Get()
  @ApiOperation({ operationId: 'listFiles', summary: 'Get all files and/or folders' })
  @ApiOkResponse({ type: FileListDocument, description: 'One page of files and folders' })
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'parent_folder_not_found')
  @RequireAccess(READ_FILES)
  list(@CurrentActor() actor: Actor, @Query() query: FileListQuery): Promise<FileListDocument> {
    return this.reads.list(actor, 'active', query);
  }

  /**
   * Stores a file: its bytes, its name and its hash, in a folder or at the top level, with its associations. The parts
   * may come in either order. With a JSON body it makes a folder.
   */
  @Post()
  @Consumes('multipart/form-data', 'application/vnd.api+json', 'application/json')
  @ApiOperation({ operationId: 'createFile', summary: 'Create a file or a folder' })
  @ApiCreateBody()
  @ApiCreatedResponse({
    type: FileDocument,
    description: 'The new file or folder',
    headers: {
      Location: { description: 'Where it is', schema: { type: 'string' }, example: '/api/v1/files/1111' },
    },
  })
  @ApiProblems(
    'file_missing',
    'invalid_name',
    'extension_mismatch',
    'invalid_multipart',
    'invalid_json',
    'invalid_file_path',
    'file_path_and_parent',
    ...PLACE_AND_LINKAGE,
    'type_mismatch',
    'file_too_large',
    'unsupported_media_type',
    'storage_full',
  )
  @RequireAccess(CHANGE_FILES)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FileDocument> {
    const id = request.is('multipart/form-data')
      ? await this.upload.receive(actor, request, response)
      : await this.changes.create(actor, request.body);
    const document = await this.reads.changed(actor, id);
    sendLocation(request, response, `/v1/files/${id}`);
    return document;
  }

  /** What is known of a file or folder. A filter is a condition: what does not meet it is not found. */
  @Get(':id')
  @ApiOperation({ operationId: 'getFile', summary: 'Get a file or folder' })
  @ApiOkResponse({ type: FileDocument, description: 'The file or folder' })
  @ApiFileId()
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'file_not_found')
  @RequireAccess(READ_FILES)
  @Tagged()
  read(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Query() filters: FileFilters,
  ): Promise<FileDocument> {
    return this.reads.read(actor, 'active', id, filters);
  }

  /**
   * Gives a file or folder another name (the extension of a file stays), moves it to another folder, and replaces its
   * associations: all of it or nothing.
   */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateFile', summary: 'Update or move a file or folder' })
  @ApiOkResponse({ type: FileDocument, description: 'The file or folder as it is now' })
  @ApiConsumes('application/vnd.api+json', 'application/json')
  @ApiChangeBody()
  @ApiFileId()
  @ApiProblems(
    'unknown_member',
    'invalid_name',
    'extension_mismatch',
    'invalid_json',
    'moved_into_itself',
    'folder_content_not_changeable',
    'association_inherited',
    ...PLACE_AND_LINKAGE,
    'file_not_changeable',
    'file_not_found',
    'type_mismatch',
    'id_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE_FILES)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(FilesController, (files, call) => files.read(call.actor, call.id(), {}))
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Body() body: ChangeFileBody,
  ): Promise<FileDocument> {
    await this.changes.change(actor, id, body);
    return this.reads.changed(actor, id);
  }

  /** The bytes of a file, whole or in part. */
  @Get(':id/download')
  @ApiOperation({ operationId: 'downloadFile', summary: 'Download a file' })
  @ApiFileId()
  @ApiContent()
  @ApiProblems(
    'folder_has_no_content',
    'file_not_found',
    'precondition_failed',
    'range_not_satisfiable',
    'blob_missing',
  )
  @RequireAccess(READ_FILES)
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.reads.download(actor, 'active', id, { request, response });
  }
}
