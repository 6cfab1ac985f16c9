import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Actor, FileId } from '@portico/domain/kernel';
import { DeliveryQueue } from '@portico/domain/notifications';
import { PublishFiles, publishingErrors, PublishingQueries, UnpublishFiles } from '@portico/domain/publishing';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { pageRequest, requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { PublishBody, publishInput, UnpublishBody, unpublishInput } from './publish-body.dto.js';
import { PublishResultDocument, PublishResultsDocument, UnpublishResultsDocument } from './publish.dto.js';
import { PublishPresenter } from './publish.presenter.js';
import { ApiPublishBody, ApiPublishResults, ApiUnpublishBody } from './publishing.openapi.js';
import { PUBLISH, READ_RESULTS } from './publishing.access.js';

const PRESENTER = new PublishPresenter();
/** How long a call waits for its mails (contract, section 5, "Who is told"). */
const FIRST_ATTEMPTS_MS = 10_000;
/** Where in the bodies the reasons of refusals stand. */
const PLACES = {
  attributes: {
    notification_without_publishing: 'contact_notification',
    unknown_contacts: 'publish_override_contact_ids',
    folders_not_publishable: 'files_id',
    files_not_publishable: 'files_id',
  },
};
const FILE_ID = new ResourceIdPipe('file');

@ApiTags('Publishing')
@ApiProduces('application/vnd.api+json')
@Controller('v1')
export class PublishingController {
  constructor(
    private readonly publishFiles: PublishFiles,
    private readonly unpublishFiles: UnpublishFiles,
    private readonly queries: PublishingQueries,
    private readonly deliveries: DeliveryQueue,
  ) {}

  /**
   * Publishes up to 500 files to everyone who should see them, and tells each contact with one mail. Publications are
   * made all or none; what fails for single contacts is part of the result. The answer waits for the first attempt of
   * each mail, ten seconds at most. What is published to a contact already stays as it is, and a contact is told of a
   * file once: a call that is sent again changes nothing.
   */
  @Post('portal/publish_files')
  @HttpCode(200)
  @ApiOperation({ operationId: 'publishFiles', summary: 'Publish files to the portal' })
  @ApiPublishBody()
  @ApiPublishResults('The result of each file, also when something failed')
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'invalid_json',
    'notification_without_publishing',
    'unknown_contacts',
    'folders_not_publishable',
    'files_not_publishable',
    'type_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(PUBLISH)
  @UseInterceptors(JsonBodyInterceptor)
  async publish(
    @CurrentActor() actor: Actor,
    @Query() query: PageParameters,
    @Body() { data }: PublishBody,
  ): Promise<PublishResultsDocument> {
    requireSameResource(data, 'publish_portal_files_request');
    const page = pageRequest(query);
    const input = publishInput(data.attributes);
    if (data.attributes.dry_run)
      return PRESENTER.preview(await located(() => this.publishFiles.preview(actor, input), PLACES));
    const { callId, isTelling } = await located(() => this.publishFiles.execute(actor, input), PLACES);
    if (isTelling) await this.deliveries.firstAttempts(actor.firmId, callId, FIRST_ATTEMPTS_MS);
    return this.resultsOf(actor, callId, page, query);
  }

  /** The results of a call, page by page, in the order of its files; the mails as they stand now. */
  @Get('portal/publish_files/:call')
  @ApiOperation({ operationId: 'getPublishCall', summary: 'Get the results of a call' })
  @ApiParam({
    name: 'call',
    description: 'The id of the call, from the links of its answer',
    schema: { type: 'string', example: '01890a5d-ac96-774b-bcce-b302099a8057' },
  })
  @ApiPublishResults('One page of results')
  @ApiProblems('unknown_member', 'invalid_value', 'publish_call_not_found')
  @RequireAccess(READ_RESULTS)
  results(
    @CurrentActor() actor: Actor,
    @Param('call') callId: string,
    @Query() query: PageParameters,
  ): Promise<PublishResultsDocument> {
    return this.resultsOf(actor, callId, pageRequest(query), query);
  }

  /** The newest result for a file; the mails as they stand now. */
  @Get('publish_files_result/:id')
  @ApiOperation({ operationId: 'getPublishResult', summary: 'Get the newest result of a file' })
  @ApiParam({ name: 'id', description: 'The id of the file', schema: { type: 'string', example: '37' } })
  @ApiOkResponse({ type: PublishResultDocument, description: 'The result' })
  @ApiProblems('unknown_member', 'publish_result_not_found')
  @RequireAccess(READ_RESULTS)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async result(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId): Promise<PublishResultDocument> {
    const item = await this.queries.newestResult(actor, id);
    if (!item) throw publishingErrors.resultNotFound(id);
    return PRESENTER.result(item);
  }

  /**
   * Takes files back from the portals of some contacts or of all. What was published, told and seen before stays in
   * their receipts.
   */
  @Post('portal/unpublish_files')
  @HttpCode(200)
  @ApiOperation({ operationId: 'unpublishFiles', summary: 'Take files back from the portal' })
  @ApiUnpublishBody()
  @ApiOkResponse({ type: UnpublishResultsDocument, description: 'From whom each file was taken' })
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'invalid_json',
    'folders_not_publishable',
    'files_not_publishable',
    'type_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(PUBLISH)
  @UseInterceptors(JsonBodyInterceptor, NoParametersInterceptor)
  async unpublish(@CurrentActor() actor: Actor, @Body() { data }: UnpublishBody): Promise<UnpublishResultsDocument> {
    requireSameResource(data, 'unpublish_portal_files_request');
    const input = unpublishInput(data.attributes);
    return PRESENTER.withdrawn(await located(() => this.unpublishFiles.execute(actor, input), PLACES));
  }

  private async resultsOf(
    actor: Actor,
    callId: string,
    page: ReturnType<typeof pageRequest>,
    query: PageParameters,
  ): Promise<PublishResultsDocument> {
    const found = await this.queries.results(actor, callId, page);
    if (!found) throw publishingErrors.callNotFound();
    return PRESENTER.results(callId, found, { ...query });
  }
}
