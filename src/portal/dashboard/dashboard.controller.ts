import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { DashboardQueries, PortalAnnouncementQueries, PortalHistoryQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { DashboardDocument } from './dashboard.dto.js';
import { DashboardPresenter } from './dashboard.presenter.js';

const PRESENTER = new DashboardPresenter();

/** How a company stands. */
@ApiTags('Dashboard')
@ApiProduces('application/json')
@Controller('api/portal/dashboard')
export class DashboardController {
  constructor(
    private readonly queries: DashboardQueries,
    private readonly history: PortalHistoryQueries,
    private readonly announcements: PortalAnnouncementQueries,
  ) {}

  /** The active projects and how far they are, what is invoiced, what happened, what comes next, what the firm says. */
  @Get()
  @ApiOperation({ operationId: 'getPortalDashboard', summary: 'Get the dashboard' })
  @ApiOkResponse({ type: DashboardDocument, description: 'The dashboard' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer', group: true })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() { firmId, companyId, companyIds }: PortalActor): Promise<DashboardDocument> {
    const [overview, activity, announcements] = await Promise.all([
      this.queries.overview(firmId, companyId, companyIds),
      this.history.latest(firmId, companyIds, 10),
      this.announcements.latest(firmId, 5),
    ]);
    return PRESENTER.document(overview, activity, announcements);
  }
}
