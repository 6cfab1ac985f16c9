import { Body, Controller, Get, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { PortalActor } from '@portico/domain/kernel';
import { CreateRequest, IdentifyContact, requestErrors, RequestQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { RequestDocument, RequestList, RequestMadeDto } from './request.dto.js';
import { NewRequestBody } from './request-body.dto.js';
import { RequestPresenter } from './request.presenter.js';

const PRESENTER = new RequestPresenter();
const EXAMPLE_ID = '01989a3e-5f00-7000-8000-000000000001';
const ADDRESS = '/api/portal/requests';
const Location = {
  description: 'Where it is',
  schema: { type: 'string' as const },
  example: `${ADDRESS}/${EXAMPLE_ID}`,
};

/** What a company asks for, and how far that is. */
@ApiTags('Client Requests')
@ApiProduces('application/json')
@Controller('api/portal/requests')
export class PortalRequestsController {
  constructor(
    private readonly queries: RequestQueries,
    private readonly createRequest: CreateRequest,
    private readonly identifyContact: IdentifyContact,
  ) {}

  /** What the company has asked for, the newest first, with the deadlines where the firm has promised any. */
  @Get()
  @ApiOperation({ operationId: 'listPortalRequests', summary: 'Get the requests' })
  @ApiOkResponse({ type: RequestList, description: 'The requests' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer' })
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<RequestList> {
    return PRESENTER.list(await this.queries.list(actor, ListWindowQuery.window(query)));
  }

  /**
   * Makes a task out of what the company asks for. The policy of the project, or without one that of the company, gives
   * it its deadlines, by its rule for the priority. Who delivers the project, else who looks after the company, is told.
   */
  @Post()
  @ApiOperation({ operationId: 'createPortalRequest', summary: 'Create a request' })
  @ApiConsumes('application/json')
  @ApiCreatedResponse({ type: RequestMadeDto, description: 'It is a task now', headers: { Location } })
  @ApiPortalProblems(
    ...['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member', 'project_not_found'],
    ...['body_too_large', 'unsupported_media_type'],
  )
  @RequirePortal({ role: 'collaborator' })
  @UseInterceptors(JsonBodyInterceptor)
  async create(
    @CurrentPortalActor() actor: PortalActor,
    @Body() { portalUserId = null, ...wanted }: NewRequestBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestMadeDto> {
    const identity = { portalUserId, role: 'collaborator' } as const;
    const author = portalUserId === null ? actor : await this.identifyContact.execute(actor, identity);
    const taskId = await this.createRequest.execute(author, wanted);
    response.setHeader('Location', `${ADDRESS}/${taskId}`);
    return { taskId, ok: true };
  }

  /** What is known of a request. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalRequest', summary: 'Get a request' })
  @ApiParam({
    name: 'id',
    description: 'The id of the task that it is',
    schema: { type: 'string', format: 'uuid', example: EXAMPLE_ID },
  })
  @ApiOkResponse({ type: RequestDocument, description: 'The request' })
  @ApiPortalProblems('unknown_member', 'request_not_found')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<RequestDocument> {
    const request = await this.queries.find(actor, id);
    if (!request) throw requestErrors.notFound();
    return PRESENTER.document(request);
  }
}
