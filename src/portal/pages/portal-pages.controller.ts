import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { portalPageErrors, PortalPageQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { ApiRecordId } from '../record-id.js';
import { PortalPageDocument, PortalPageList } from './portal-page.dto.js';
import { PortalPagePresenter } from './portal-page.presenter.js';

const PRESENTER = new PortalPagePresenter();
const OF_GROUP = { role: 'viewer', group: true } as const;

/** What the firm has written for the client. */
@ApiTags('Pages')
@ApiProduces('application/json')
@Controller('api/portal/pages')
export class PortalPagesController {
  constructor(private readonly queries: PortalPageQueries) {}

  /** The published pages about the companies and their projects, by position, then as they came. */
  @Get()
  @ApiOperation({ operationId: 'listPortalPages', summary: 'Get the pages' })
  @ApiOkResponse({ type: PortalPageList, description: 'The pages' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal(OF_GROUP)
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<PortalPageList> {
    const { firmId, companyIds } = actor;
    return PRESENTER.list(await this.queries.list(firmId, companyIds, ListWindowQuery.window(query)));
  }

  /** A published page with what stands on it. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalPage', summary: 'Get a page' })
  @ApiRecordId('page')
  @ApiOkResponse({ type: PortalPageDocument, description: 'The page' })
  @ApiPortalProblems('unknown_member', 'page_not_found')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<PortalPageDocument> {
    const page = await this.queries.find(actor.firmId, actor.companyIds, id);
    if (!page) throw portalPageErrors.notFound();
    return PRESENTER.document(page);
  }
}
