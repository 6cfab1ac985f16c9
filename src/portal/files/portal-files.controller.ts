import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { FileId, PortalUser } from '@portico/domain/kernel';
import { AcknowledgeFile, portalErrors, PortalFileQueries, RecordDownload, ViewFile } from '@portico/domain/portal';
import { ApiContent } from '../../files/files.module.js';
import { CurrentPortalUser } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import { isPrefetch } from '../../platform/http/prefetch.js';
import { ResourceIdPipe } from '../../platform/http/resource-id.pipe.js';
import { ContentSender } from '../../platform/http/send-content.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { DownloadRecord } from './download-record.js';
import { PortalFileDocument, PortalFileList } from './portal-file.dto.js';
import { PortalFilePresenter } from './portal-file.presenter.js';
import { PortalFileListQuery } from './portal-file-query.dto.js';

const PRESENTER = new PortalFilePresenter();
const FILE_ID = new ResourceIdPipe('file');
const USER = { role: 'viewer', user: true } as const;
const ApiFile = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the file', schema: { type: 'string', example: '37' } });

/** What is published to the portal user. */
@ApiTags('Files')
@ApiProduces('application/json')
@Controller('api/portal/files')
export class PortalFilesController {
  constructor(
    private readonly queries: PortalFileQueries,
    private readonly viewFile: ViewFile,
    private readonly acknowledgeFile: AcknowledgeFile,
    private readonly recordDownload: RecordDownload,
    private readonly contents: ContentSender,
  ) {}

  /** One page of the files that are published to the user, the newest publications first. */
  @Get()
  @ApiOperation({ operationId: 'listPortalFiles', summary: 'Get the published files' })
  @ApiOkResponse({ type: PortalFileList, description: 'One page of files' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal(USER)
  async list(@CurrentPortalUser() user: PortalUser, @Query() query: PortalFileListQuery): Promise<PortalFileList> {
    const filter = PortalFileListQuery.filter(query);
    return PRESENTER.list(await this.queries.list(user, PortalFileListQuery.page(query), filter));
  }

  /** What is known of a file. That the user opened it is kept for ever, unless it is fetched ahead (`Sec-Purpose`). */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalFile', summary: 'Open a published file' })
  @ApiFile()
  @ApiOkResponse({ type: PortalFileDocument, description: 'The file' })
  @ApiPortalProblems('unknown_member', 'file_not_found')
  @RequirePortal(USER)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(
    @CurrentPortalUser() user: PortalUser,
    @Param('id', FILE_ID) id: FileId,
    @Req() { method, headers }: ObservedRequest,
  ): Promise<PortalFileDocument> {
    if (method !== 'HEAD' && !isPrefetch(headers)) return PRESENTER.document(await this.viewFile.execute(user, { id }));
    return this.shown(user, id);
  }

  /** The bytes of a file, whole or in part. Which bytes the user got is kept for ever. */
  @Get(':id/download')
  @ApiOperation({ operationId: 'downloadPortalFile', summary: 'Download a published file' })
  @ApiFile()
  @ApiContent()
  @ApiPortalProblems('file_not_found', 'precondition_failed', 'range_not_satisfiable', 'blob_missing')
  @RequirePortal(USER)
  async download(
    @CurrentPortalUser() user: PortalUser,
    @Param('id', FILE_ID) id: FileId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    const content = await this.queries.findContent(user, id);
    if (!content) throw portalErrors.fileNotFound(id);
    const file = { id, sha256: content.sha256, isPrefetch: isPrefetch(request.headers) };
    await this.contents.send(request, response, content, new DownloadRecord(this.recordDownload, user, file));
  }

  /** Keeps for ever that the user has taken note of a file. Doing it again changes nothing. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ operationId: 'acknowledgePortalFile', summary: 'Acknowledge a published file' })
  @ApiFile()
  @ApiOkResponse({ type: PortalFileDocument, description: 'The file, with the instant of the acknowledgement' })
  @ApiPortalProblems('file_not_found')
  @RequirePortal(USER)
  @Tagged()
  @Conditional(PortalFilesController, (files, call) => files.shown(call.portalUser, call.id()))
  async acknowledge(
    @CurrentPortalUser() user: PortalUser,
    @Param('id', FILE_ID) id: FileId,
  ): Promise<PortalFileDocument> {
    return PRESENTER.document(await this.acknowledgeFile.execute(user, { id }));
  }

  /** What is known of a file, without anybody having opened it. */
  private async shown(user: PortalUser, id: FileId): Promise<PortalFileDocument> {
    const file = await this.queries.find(user, id);
    if (!file) throw portalErrors.fileNotFound(id);
    return PRESENTER.document(file);
  }
}
