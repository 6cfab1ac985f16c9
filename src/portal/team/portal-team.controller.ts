import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { TeamQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { TeamDocument } from './team.dto.js';
import { teamDocument } from './team.presenter.js';

/** Who works for a company. */
@ApiTags('Team')
@ApiProduces('application/json')
@Controller('api/portal/team')
export class PortalTeamController {
  constructor(private readonly queries: TeamQueries) {}

  /** The members of the active projects, and those who answer for them or deliver them. */
  @Get()
  @ApiOperation({ operationId: 'getPortalTeam', summary: 'Get the team' })
  @ApiOkResponse({ type: TeamDocument, description: 'The people' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer', group: true })
  @UseInterceptors(NoParametersInterceptor)
  async read(@CurrentPortalActor() { firmId, companyIds }: PortalActor): Promise<TeamDocument> {
    return teamDocument(await this.queries.find(firmId, companyIds));
  }
}
