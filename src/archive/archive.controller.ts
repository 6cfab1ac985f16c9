import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ArchiveFile, RestoreFile } from '@portico/domain/archive';
import { fileErrors, FileQueries } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import {
  ApiContent,
  ApiFileId,
  FileDocument,
  FileFilters,
  FileListDocument,
  FileListQuery,
  FilePresenter,
} from '../files/files.module.js';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { pageRequest } from '../platform/http/json-api.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ContentSender } from '../platform/http/send-content.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';

const ACTIVE = new FilePresenter('/v1/files');
const ARCHIVED = new FilePresenter('/v1/archive/files');
const FILE_ID = new ResourceIdPipe('file');
const READ = { scopes: ['FILES'], permissions: ['files_view'] } as const;
const CHANGE = { scopes: ['FILES_WRITE'], permissions: ['files_edit'] } as const;

@ApiTags('Archive')
@ApiProduces('application/vnd.api+json')
@Controller('v1')
export class ArchiveController {
  constructor(
    private readonly queries: FileQueries,
    private readonly archiveFile: ArchiveFile,
    private readonly restoreFile: RestoreFile,
    private readonly contents: ContentSender,
  ) {}

  /** Puts a file into the archive; nothing is destroyed. */
  @Delete('files/:id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteFile', summary: 'Delete a file' })
  @ApiFileId()
  @ApiNoContentResponse({ description: 'The file is in the archive' })
  @ApiProblems('file_not_changeable', 'file_not_found')
  @RequireAccess(CHANGE)
  async archive(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId): Promise<void> {
    await this.archiveFile.execute(actor, { id });
  }

  /** One page of all archived files that the caller may read, in ascending id order. */
  @Get('archive/files')
  @ApiOperation({ operationId: 'listArchivedFiles', summary: 'Get all archived files' })
  @ApiOkResponse({ type: FileListDocument, description: 'One page of archived files' })
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period')
  @RequireAccess(READ)
  async list(@CurrentActor() actor: Actor, @Query() query: FileListQuery): Promise<FileListDocument> {
    const page = pageRequest(query);
    return ARCHIVED.list(await this.queries.list(actor, 'archived', page, FileFilters.createdWithin(query)), query);
  }

  /** What is known of an archived file. */
  @Get('archive/files/:id')
  @ApiOperation({ operationId: 'getArchivedFile', summary: 'Get an archived file' })
  @ApiOkResponse({ type: FileDocument, description: 'The archived file' })
  @ApiFileId()
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'archived_file_not_found')
  @RequireAccess(READ)
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Query() filters: FileFilters,
  ): Promise<FileDocument> {
    const file = await this.queries.find(actor, 'archived', id, FileFilters.createdWithin(filters));
    if (!file) throw fileErrors.notArchived(id);
    return ARCHIVED.document(file);
  }

  /** The bytes of an archived file, whole or in part. */
  @Get('archive/files/:id/download')
  @ApiOperation({ operationId: 'downloadArchivedFile', summary: 'Download an archived file' })
  @ApiProduces('application/binary')
  @ApiFileId()
  @ApiContent()
  @ApiProblems('archived_file_not_found', 'precondition_failed', 'range_not_satisfiable', 'blob_missing')
  @RequireAccess(READ)
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    const content = await this.queries.findContent(actor, 'archived', id);
    if (!content) throw fileErrors.notArchived(id);
    await this.contents.send(request, response, content);
  }

  /** Takes a file out of the archive, exactly as it was. */
  @Post('archive/files/:id/restore')
  @HttpCode(200)
  @ApiOperation({ operationId: 'restoreFile', summary: 'Restore an archived file' })
  @ApiOkResponse({ type: FileDocument, description: 'The file, active again' })
  @ApiFileId()
  @ApiProblems('file_not_changeable', 'archived_file_not_found')
  @RequireAccess(CHANGE)
  async restore(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId): Promise<FileDocument> {
    await this.restoreFile.execute(actor, { id });
    const file = await this.queries.find(actor, 'active', id);
    if (!file) throw fileErrors.notFound(id);
    return ACTIVE.document(file);
  }
}
