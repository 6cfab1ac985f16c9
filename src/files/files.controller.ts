import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { fileErrors, type FileListItem, FileQueries, RenameFile } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { pageRequest, requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { Consumes } from '../platform/http/media-type.guard.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ContentSender } from '../platform/http/send-content.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ChangeFileBody, FileDocument, FileListDocument } from './file.dto.js';
import { ApiContent, ApiFileId } from './file.openapi.js';
import { FilePresenter } from './file.presenter.js';
import { FileFilters, FileListQuery } from './file-query.dto.js';
import { FileUpload } from './file-upload.js';
import { NAME, named } from './named.js';
import { UploadBody } from './upload-metadata.dto.js';

const PRESENTER = new FilePresenter('/v1/files');
const FILE_ID = new ResourceIdPipe('file');
const READ = { scopes: ['FILES'], permissions: ['files_view'] } as const;
const CHANGE = { scopes: ['FILES_WRITE'], permissions: ['files_edit'] } as const;

@ApiTags('Files')
@ApiProduces('application/vnd.api+json')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly queries: FileQueries,
    private readonly upload: FileUpload,
    private readonly renameFile: RenameFile,
    private readonly contents: ContentSender,
  ) {}

  /** One page of all files that the caller may read, in ascending id order. */
  @Get()
  @ApiOperation({ operationId: 'listFiles', summary: 'Get all files' })
  @ApiOkResponse({ type: FileListDocument, description: 'One page of files' })
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period')
  @RequireAccess(READ)
  async list(@CurrentActor() actor: Actor, @Query() query: FileListQuery): Promise<FileListDocument> {
    const page = pageRequest(query);
    return PRESENTER.list(await this.queries.list(actor, 'active', page, FileFilters.createdWithin(query)), query);
  }

  /** Stores a file: its bytes, its name and its hash. The parts may come in either order. */
  @Post()
  @Consumes('multipart/form-data')
  @ApiOperation({ operationId: 'createFile', summary: 'Create a file' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadBody })
  @ApiCreatedResponse({
    type: FileDocument,
    description: 'The new file',
    headers: {
      Location: { description: 'Where the file is', schema: { type: 'string' }, example: '/api/v1/files/1111' },
    },
  })
  @ApiProblems(
    'file_missing',
    'invalid_name',
    'extension_mismatch',
    'invalid_multipart',
    'invalid_json',
    'type_mismatch',
    'file_too_large',
    'unsupported_media_type',
    'storage_full',
  )
  @RequireAccess(CHANGE)
  async create(
    @CurrentActor() actor: Actor,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FileDocument> {
    const id = await this.upload.receive(actor, request, response);
    const document = PRESENTER.document(await this.get(actor, id));
    response.setHeader('Location', `${request.originalUrl.startsWith('/api/') ? '/api' : ''}/v1/files/${id}`);
    return document;
  }

  /** What is known of a file. A filter is a condition: a file that does not meet it is not found. */
  @Get(':id')
  @ApiOperation({ operationId: 'getFile', summary: 'Get a file' })
  @ApiOkResponse({ type: FileDocument, description: 'The file' })
  @ApiFileId()
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'file_not_found')
  @RequireAccess(READ)
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Query() filters: FileFilters,
  ): Promise<FileDocument> {
    return PRESENTER.document(await this.get(actor, id, filters));
  }

  /** Gives a file another name; the extension stays. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateFile', summary: 'Update a file' })
  @ApiOkResponse({ type: FileDocument, description: 'The file as it is now' })
  @ApiConsumes('application/vnd.api+json', 'application/json')
  @ApiFileId()
  @ApiProblems(
    'unknown_member',
    'invalid_name',
    'extension_mismatch',
    'invalid_json',
    'file_not_changeable',
    'file_not_found',
    'type_mismatch',
    'id_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Body() { data }: ChangeFileBody,
  ): Promise<FileDocument> {
    requireSameResource(data, 'files', id);
    await named(NAME, () => this.renameFile.execute(actor, { id, name: data.attributes?.name }));
    return PRESENTER.document(await this.get(actor, id));
  }

  /** The bytes of a file, whole or in part. */
  @Get(':id/download')
  @ApiOperation({ operationId: 'downloadFile', summary: 'Download a file' })
  @ApiProduces('application/binary')
  @ApiFileId()
  @ApiContent()
  @ApiProblems('file_not_found', 'precondition_failed', 'range_not_satisfiable', 'blob_missing')
  @RequireAccess(READ)
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    const content = await this.queries.findContent(actor, 'active', id);
    if (!content) throw fileErrors.notFound(id);
    await this.contents.send(request, response, content);
  }

  private async get(actor: Actor, id: FileId, filters: FileFilters = {}): Promise<FileListItem> {
    const file = await this.queries.find(actor, 'active', id, FileFilters.createdWithin(filters));
    if (!file) throw fileErrors.notFound(id);
    return file;
  }
}
