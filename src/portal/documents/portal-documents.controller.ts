import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { PortalUser } from '@portico/domain/kernel';
import { portalErrors, PortalFileQueries } from '@portico/domain/portal';
import { CurrentPortalUser } from '../../platform/access/access.js';
import { Consumes } from '../../platform/http/media-type.guard.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { ApiRequestBody } from '../../platform/openapi/request-body.js';
import { RequirePortal } from '../access/require-portal.js';
import { PortalFileDocument } from '../files/portal-file.dto.js';
import { PortalFilePresenter } from '../files/portal-file.presenter.js';
import { DocumentParts } from './portal-document.dto.js';
import { DocumentUpload } from './document-upload.js';

const PRESENTER = new PortalFilePresenter();
const ADDRESS = '/api/portal/files';
const Location = { description: 'Where it is', schema: { type: 'string' as const }, example: `${ADDRESS}/37` };

/** What a portal user sends. */
@ApiTags('Files')
@ApiProduces('application/json')
@Controller('api/portal/files')
export class PortalDocumentsController {
  constructor(
    private readonly upload: DocumentUpload,
    private readonly queries: PortalFileQueries,
  ) {}

  /**
   * Sends a document to the firm: into the company's folder "From client", which is made where there is none. The user
   * sees it among their files from then on, and who looks after the company is told.
   */
  @Post()
  @Consumes('multipart/form-data')
  @ApiOperation({ operationId: 'uploadPortalFile', summary: 'Send a document' })
  @ApiRequestBody({ 'multipart/form-data': { type: DocumentParts } })
  @ApiCreatedResponse({ type: PortalFileDocument, description: 'The new file', headers: { Location } })
  @ApiPortalProblems(
    ...['file_missing', 'unexpected_part', 'part_too_large', 'invalid_multipart', 'invalid_name'],
    ...['folder_too_deep', 'documents_closed', 'file_too_large', 'unsupported_media_type', 'storage_full'],
  )
  @RequirePortal({ role: 'collaborator', user: true })
  async receive(
    @CurrentPortalUser() user: PortalUser,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PortalFileDocument> {
    const id = await this.upload.receive(user, request, response);
    const file = await this.queries.find(user, id);
    if (!file) throw portalErrors.fileNotFound(id);
    response.setHeader('Location', `${ADDRESS}/${id}`);
    return PRESENTER.document(file);
  }
}
