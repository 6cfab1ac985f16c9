import { Body, Controller, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { AskResults, ReadCampaigns, ReadResults } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { AnswerDocument, AskBody } from './ask.dto.js';
import { CampaignsDocument } from './campaigns.dto.js';
import { ResultsDocument } from './results.dto.js';
import { ResultsPresenter } from './results.presenter.js';
import { CampaignsQuery, ResultsQuery } from './results-query.dto.js';

const PRESENTER = new ResultsPresenter();

/** What the work for a company has brought. */
@ApiTags('Results')
@ApiProduces('application/json')
@Controller('api/portal/results')
export class ResultsController {
  constructor(
    private readonly readResults: ReadResults,
    private readonly readCampaigns: ReadCampaigns,
    private readonly askResults: AskResults,
  ) {}

  /** The metrics of the company in a period, beside the period before and its goals. */
  @Get()
  @ApiOperation({ operationId: 'getPortalResults', summary: 'Get results' })
  @ApiOkResponse({ type: ResultsDocument, description: 'The results' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer' })
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Query() query: ResultsQuery): Promise<ResultsDocument> {
    return PRESENTER.results(await this.readResults.execute(actor, ResultsQuery.period(query)));
  }

  /** What each campaign of the company cost and brought in a period. */
  @Get('campaigns')
  @ApiOperation({ operationId: 'getPortalCampaigns', summary: 'Get campaign results' })
  @ApiOkResponse({ type: CampaignsDocument, description: 'The campaigns and their totals' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer' })
  async campaigns(
    @CurrentPortalActor() actor: PortalActor,
    @Query() query: CampaignsQuery,
  ): Promise<CampaignsDocument> {
    return PRESENTER.campaigns(await this.readCampaigns.execute(actor, CampaignsQuery.asked(query)));
  }

  /** Answers a question about the results of the company. */
  @Post('ask')
  @HttpCode(200)
  @ApiOperation({ operationId: 'askPortalResults', summary: 'Ask about the results' })
  @ApiConsumes('application/json')
  @ApiOkResponse({ type: AnswerDocument, description: 'The answer' })
  @ApiPortalProblems(
    ...['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member', 'body_too_large', 'unsupported_media_type'],
    'dashboard_disabled',
  )
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(JsonBodyInterceptor)
  async ask(@CurrentPortalActor() actor: PortalActor, @Body() { question }: AskBody): Promise<AnswerDocument> {
    return { answer: await this.askResults.execute(actor, { question }) };
  }
}
