import { Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { ApproveBudget, portalBudgetErrors, PortalBudgetQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { ApiRecordId } from '../record-id.js';
import { BudgetApprovedDto, PortalBudgetDocument, PortalBudgetList } from './portal-budget.dto.js';
import { PortalBudgetPresenter } from './portal-budget.presenter.js';

const PRESENTER = new PortalBudgetPresenter();

/** The budgets of the client's projects, deals and companies. */
@ApiTags('Budgets')
@ApiProduces('application/json')
@Controller('api/portal/budgets')
export class PortalBudgetsController {
  constructor(
    private readonly queries: PortalBudgetQueries,
    private readonly approveBudget: ApproveBudget,
  ) {}

  /** The budgets of the companies, the newest first. Drafts are not shown. */
  @Get()
  @ApiOperation({ operationId: 'listPortalBudgets', summary: 'Get the budgets' })
  @ApiOkResponse({ type: PortalBudgetList, description: 'The budgets' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer', group: true })
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<PortalBudgetList> {
    const { firmId, companyIds } = actor;
    return PRESENTER.list(await this.queries.list(firmId, companyIds, ListWindowQuery.window(query)));
  }

  /** A budget with its line items. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalBudget', summary: 'Get a budget' })
  @ApiRecordId('budget')
  @ApiOkResponse({ type: PortalBudgetDocument, description: 'The budget' })
  @ApiPortalProblems('unknown_member', 'budget_not_found')
  @RequirePortal({ role: 'viewer', group: true })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<PortalBudgetDocument> {
    const details = await this.queries.find(actor.firmId, actor.companyIds, id);
    if (!details) throw portalBudgetErrors.notFound();
    return PRESENTER.document(details);
  }

  /**
   * Approves a budget that waits for it, in the name of the user where the header says who it is; of two who do so at once, one does. That it was done
   * is kept in the history, and who delivers the project is told.
   */
  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({ operationId: 'approvePortalBudget', summary: 'Approve a budget' })
  @ApiRecordId('budget')
  @ApiOkResponse({ type: BudgetApprovedDto, description: 'It is approved' })
  @ApiPortalProblems('budget_not_found', 'budget_not_pending')
  @RequirePortal({ role: 'collaborator', group: true })
  @Conditional(PortalBudgetsController, (budgets, call) => budgets.read(call.portalActor, call.id()))
  async approve(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<BudgetApprovedDto> {
    await this.approveBudget.execute(actor, { id });
    return { ok: true };
  }
}
