import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { InvalidField, type PortalActor } from '@portico/domain/kernel';
import { QuestionnaireQueries, SubmitQuestionnaire } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { QuestionnaireDocument, SubmittedDto } from './questionnaire.dto.js';
import { QuestionnairePresenter } from './questionnaire.presenter.js';
import { QuestionnaireBody, submissionIn } from './questionnaire-body.dto.js';

const PRESENTER = new QuestionnairePresenter();

/** What success is for a company. */
@ApiTags('Questionnaire')
@ApiProduces('application/json')
@Controller('api/portal/questionnaire')
export class QuestionnaireController {
  constructor(
    private readonly queries: QuestionnaireQueries,
    private readonly submitQuestionnaire: SubmitQuestionnaire,
  ) {}

  /** What the company has said of itself, and its goals. */
  @Get()
  @ApiOperation({ operationId: 'getPortalQuestionnaire', summary: 'Get the questionnaire' })
  @ApiOkResponse({ type: QuestionnaireDocument, description: 'The answers' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() { firmId, companyId }: PortalActor): Promise<QuestionnaireDocument> {
    return PRESENTER.document(await this.queries.find(firmId, companyId));
  }

  /**
   * Keeps what the company says of itself, and its goals. The same again changes nothing. The first submission completes
   * the questionnaire: whoever looks after the company is told.
   */
  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'updatePortalQuestionnaire', summary: 'Submit the questionnaire' })
  @ApiConsumes('application/json')
  @ApiOkResponse({ type: SubmittedDto, description: 'It is kept' })
  @ApiPortalProblems(
    ...['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member', 'body_too_large', 'unsupported_media_type'],
  )
  @RequirePortal({ role: 'collaborator' })
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(QuestionnaireController, (questionnaires, call) => questionnaires.read(call.portalActor))
  async submit(@CurrentPortalActor() actor: PortalActor, @Body() body: QuestionnaireBody): Promise<SubmittedDto> {
    await named(() => this.submitQuestionnaire.execute(actor, submissionIn(body)));
    return { ok: true };
  }
}

/** Refusals name fields as bodies do: `financialYearStart` is `financial_year_start`. */
async function named(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error;
    const field = error.field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    throw new InvalidField(field, error.message, error.code, error.reason);
  }
}
