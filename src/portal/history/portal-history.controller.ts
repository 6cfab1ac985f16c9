import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { PortalHistoryQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { HistoryList } from './history-entry.dto.js';
import { HistoryEntryPresenter } from './history-entry.presenter.js';

const PRESENTER = new HistoryEntryPresenter();

/** What happened to the work for a company. */
@ApiTags('History')
@ApiProduces('application/json')
@Controller('api/portal/history')
export class PortalHistoryController {
  constructor(private readonly queries: PortalHistoryQueries) {}

  /** The newest 50 changes of the company's projects, invoices and budgets. Of drafts nothing is told. */
  @Get()
  @ApiOperation({ operationId: 'listPortalHistory', summary: 'Get the history' })
  @ApiOkResponse({ type: HistoryList, description: 'The newest changes' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  async list(@CurrentPortalActor() { firmId, companyId }: PortalActor): Promise<HistoryList> {
    const entries = await this.queries.latest(firmId, [companyId], 50);
    return { history: entries.map((entry) => PRESENTER.entry(entry)) };
  }
}
