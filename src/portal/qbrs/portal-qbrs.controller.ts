import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { QbrQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { QbrList } from './qbr.dto.js';
import { QbrPresenter } from './qbr.presenter.js';

const PRESENTER = new QbrPresenter();

/** Reviews of the work with a company. */
@ApiTags('QBRs')
@ApiProduces('application/json')
@Controller('api/portal/qbrs')
export class PortalQbrsController {
  constructor(private readonly queries: QbrQueries) {}

  /** The quarterly business reviews that were presented to the company, with those of their sections that are for it. */
  @Get()
  @ApiOperation({ operationId: 'listPortalQbrs', summary: 'Get the QBRs' })
  @ApiOkResponse({ type: QbrList, description: 'The reviews' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer' })
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<QbrList> {
    const { firmId, companyId } = actor;
    return PRESENTER.list(await this.queries.list(firmId, companyId, ListWindowQuery.window(query)));
  }
}
