import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { PortalContractQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';
import { PortalContractList } from './portal-contract.dto.js';
import { PortalContractPresenter } from './portal-contract.presenter.js';

const PRESENTER = new PortalContractPresenter();

/** What the client signs. */
@ApiTags('Contracts')
@ApiProduces('application/json')
@Controller('api/portal/contracts')
export class PortalContractsController {
  constructor(private readonly queries: PortalContractQueries) {}

  /**
   * The contracts of which a signer has an address of one of the companies' contacts, the newest first. Drafts are not
   * shown.
   */
  @Get()
  @ApiOperation({ operationId: 'listPortalContracts', summary: 'Get the contracts' })
  @ApiOkResponse({ type: PortalContractList, description: 'The contracts' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer', group: true })
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ListWindowQuery): Promise<PortalContractList> {
    const { firmId, companyIds } = actor;
    return PRESENTER.list(await this.queries.list(firmId, companyIds, ListWindowQuery.window(query)));
  }
}
