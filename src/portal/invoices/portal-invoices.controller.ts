import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { portalInvoiceErrors, PortalInvoiceQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { ApiRecordId } from '../record-id.js';
import { PortalInvoiceDocument, PortalInvoiceList } from './portal-invoice.dto.js';
import { PortalInvoicePresenter } from './portal-invoice.presenter.js';

const PRESENTER = new PortalInvoicePresenter();
const OF_GROUP = { role: 'viewer', group: true } as const;

/** What the client owes. */
@ApiTags('Invoices')
@ApiProduces('application/json')
@Controller('api/portal/invoices')
export class PortalInvoicesController {
  constructor(private readonly queries: PortalInvoiceQueries) {}

  /** The invoices of the companies, those that were issued last first. Drafts are not shown. */
  @Get()
  @ApiOperation({ operationId: 'listPortalInvoices', summary: 'Get the invoices' })
  @ApiOkResponse({ type: PortalInvoiceList, description: 'The invoices' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal(OF_GROUP)
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<PortalInvoiceList> {
    const { firmId, companyIds } = actor;
    return PRESENTER.list(await this.queries.list(firmId, companyIds, ListWindowQuery.window(query)));
  }

  /** An invoice with its lines and payments. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalInvoice', summary: 'Get an invoice' })
  @ApiRecordId('invoice')
  @ApiOkResponse({ type: PortalInvoiceDocument, description: 'The invoice' })
  @ApiPortalProblems('unknown_member', 'invoice_not_found')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<PortalInvoiceDocument> {
    const details = await this.queries.find(actor.firmId, actor.companyIds, id);
    if (!details) throw portalInvoiceErrors.notFound();
    return PRESENTER.document(details);
  }
}
