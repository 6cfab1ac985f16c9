import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { OnboardingQueries } from '@portico/domain/onboarding';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { OnboardingDocument } from './onboarding.dto.js';
import { OnboardingPresenter } from './onboarding.presenter.js';

const PRESENTER = new OnboardingPresenter();

/** How far a company is taken in. */
@ApiTags('Onboarding')
@ApiProduces('application/json')
@Controller('api/portal/onboarding')
export class PortalOnboardingController {
  constructor(private readonly queries: OnboardingQueries) {}

  /** The stages and milestones by which the company is taken in, and which of them it has reached. */
  @Get()
  @ApiOperation({ operationId: 'getPortalOnboarding', summary: 'Get the onboarding progress' })
  @ApiOkResponse({ type: OnboardingDocument, description: 'The onboarding' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() { firmId, companyId }: PortalActor): Promise<OnboardingDocument> {
    return PRESENTER.document(await this.queries.find(firmId, companyId));
  }
}
