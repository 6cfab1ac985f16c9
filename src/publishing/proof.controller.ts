import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { fileErrors } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { PublishingQueries } from '@portico/domain/publishing';
import { READ_FILES } from '../files/files.module.js';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { pageRequest } from '../platform/http/json-api.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { PublicationListDocument, ReceiptDocument } from './proof.dto.js';
import { ProofPresenter } from './proof.presenter.js';

const PRESENTER = new ProofPresenter();
const FILE_ID = new ResourceIdPipe('file');
const ApiFile = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the file', schema: { type: 'string', example: '37' } });

@ApiTags('Proof')
@ApiProduces('application/vnd.api+json')
@Controller('v1/files/:id')
export class ProofController {
  constructor(private readonly queries: PublishingQueries) {}

  /** Who can see a file now, since when and through which rule, whether a mail told them, and whether they looked. */
  @Get('publications')
  @ApiOperation({ operationId: 'listPublications', summary: 'Get to whom a file is published' })
  @ApiFile()
  @ApiOkResponse({ type: PublicationListDocument, description: 'One page of publications' })
  @ApiProblems('unknown_member', 'invalid_value', 'file_not_found')
  @RequireAccess(READ_FILES)
  async publications(
    @CurrentActor() actor: Actor,
    @Param('id', FILE_ID) id: FileId,
    @Query() query: PageParameters,
  ): Promise<PublicationListDocument> {
    const page = await this.queries.publications(actor, id, pageRequest(query));
    if (!page) throw fileErrors.notFound(id);
    return PRESENTER.publications(id, page, query);
  }

  /**
   * The proof of a file, archived or not: for each contact to whom it was ever published, when and by whom and through
   * which rule, what became of the mails, and what was viewed, downloaded and acknowledged; with the events of the chain
   * that prove it.
   */
  @Get('receipt')
  @ApiOperation({ operationId: 'getReceipt', summary: 'Get the receipt of a file' })
  @ApiFile()
  @ApiOkResponse({ type: ReceiptDocument, description: 'The receipt' })
  @ApiProblems('unknown_member', 'file_not_found')
  @RequireAccess(READ_FILES)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async receipt(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId): Promise<ReceiptDocument> {
    const source = await this.queries.receiptSource(actor, id);
    if (!source) throw fileErrors.notFound(id);
    return PRESENTER.receipt(actor.firmId, source);
  }
}
