import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ArchiveFile, RestoreFile } from '@portico/domain/archive';
import type { Actor, FileId } from '@portico/domain/kernel';
import {
  ApiContent,
  ApiFileId,
  ApiRestoreBody,
  CHANGE_FILES,
  FileDocument,
  FileFilters,
  FileListDocument,
  FileListQuery,
  FileReads,
  FilesController,
  folderOf,
  placesIn,
  READ_FILES,
  RestoreBody,
} from '../files/files.module.js';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';

const FILE_ID = new ResourceIdPipe('file');
const ARCHIVED_ID = new ResourceIdPipe('archived_file');

@ApiTags('Archive')
@ApiProduces('application/vnd.api+json')
@Controller('v1')
export class ArchiveController {
  constructor(
    private readonly reads: FileReads,
    private readonly archiveFile: ArchiveFile,
    private readonly restoreFile: RestoreFile,
  ) {}

  /** Puts a file, or a folder with everything in it, into the archive; nothing is destroyed. */
  @Delete('files/:id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteFile', summary: 'Delete a file or folder' })
  @ApiFileId()
  @ApiNoContentResponse({ description: 'It is in the archive' })
  @ApiProblems('file_not_changeable', 'folder_content_not_changeable', 'file_not_found')
  @RequireAccess(CHANGE_FILES)
  @Conditional(FilesController, (files, call) => files.read(call.actor, call.id(), {}))
  async archive(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId): Promise<void> {
    await this.archiveFile.execute(actor, { id });
  }

  /** One page of all archived files, folders or both that the caller may read, in ascending id order. */
  @Get('archive/files')
  @ApiOperation({ operationId: 'listArchivedFiles', summary: 'Get all archived files and/or folders' })
  @ApiOkResponse({ type: FileListDocument, description: 'One page of archived files and folders' })
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'parent_folder_not_found')
  @RequireAccess(READ_FILES)
  list(@CurrentActor() actor: Actor, @Query() query: FileListQuery): Promise<FileListDocument> {
    return this.reads.list(actor, 'archived', query);
  }

  /** What is known of an archived file or folder. */
  @Get('archive/files/:id')
  @ApiOperation({ operationId: 'getArchivedFile', summary: 'Get an archived file or folder' })
  @ApiOkResponse({ type: FileDocument, description: 'The archived file or folder' })
  @ApiFileId()
  @ApiProblems('unknown_member', 'invalid_value', 'invalid_period', 'archived_file_not_found')
  @RequireAccess(READ_FILES)
  @Tagged()
  read(
    @CurrentActor() actor: Actor,
    @Param('id', ARCHIVED_ID) id: FileId,
    @Query() filters: FileFilters,
  ): Promise<FileDocument> {
    return this.reads.read(actor, 'archived', id, filters);
  }

  /** The bytes of an archived file, whole or in part. */
  @Get('archive/files/:id/download')
  @ApiOperation({ operationId: 'downloadArchivedFile', summary: 'Download an archived file' })
  @ApiFileId()
  @ApiContent()
  @ApiProblems(
    'folder_has_no_content',
    'archived_file_not_found',
    'precondition_failed',
    'range_not_satisfiable',
    'blob_missing',
  )
  @RequireAccess(READ_FILES)
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', ARCHIVED_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.reads.download(actor, 'archived', id, { request, response });
  }

  /**
   * Takes a file, or a folder with everything that went along, out of the archive, exactly as it was, in its folder.
   * When that folder is archived, or to restore it elsewhere, give another `parent_folder_id`.
   */
  @Post('archive/files/:id/restore')
  @HttpCode(200)
  @ApiOperation({ operationId: 'restoreFile', summary: 'Restore an archived file or folder' })
  @ApiOkResponse({ type: FileDocument, description: 'The file or folder, active again' })
  @ApiConsumes('application/vnd.api+json', 'application/json')
  @ApiRestoreBody()
  @ApiFileId()
  @ApiProblems(
    'unknown_member',
    'invalid_json',
    'folder_not_found',
    'not_a_folder',
    'folder_too_deep',
    'file_not_changeable',
    'folder_not_changeable',
    'folder_content_not_changeable',
    'archived_file_not_found',
    'folder_archived',
    'type_mismatch',
    'id_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE_FILES)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ArchiveController, (files, call) => files.read(call.actor, call.id(), {}))
  async restore(
    @CurrentActor() actor: Actor,
    @Param('id', ARCHIVED_ID) id: FileId,
    @Body() body: unknown,
  ): Promise<FileDocument> {
    const parentId = body === undefined ? undefined : otherFolderIn(body, id);
    await located(() => this.restoreFile.execute(actor, { id, parentId }), placesIn());
    return this.reads.changed(actor, id);
  }
}

function otherFolderIn(body: unknown, id: FileId) {
  const { data } = checkedBody(RestoreBody, body);
  requireSameResource(data, 'files', data.id === undefined ? undefined : id);
  return folderOf(data.attributes?.parent_folder_id);
}
