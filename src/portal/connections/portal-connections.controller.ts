import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import {
  connectionErrors,
  ConnectionQueries,
  ConnectPlatform,
  DisconnectPlatform,
  StartSyncs,
} from '@portico/domain/connections';
import { type ConnectionId, isUuid, type PortalActor } from '@portico/domain/kernel';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ApiRecordId } from '../record-id.js';
import {
  ConnectionEndedDto,
  NewPortalConnection,
  PortalConnectionDocument,
  PortalConnectionList,
  SyncStartedDto,
} from './portal-connection.dto.js';
import { PortalConnectionPresenter } from './portal-connection.presenter.js';

const PRESENTER = new PortalConnectionPresenter();
const ADDRESS = '/api/portal/connections';
const Location = {
  description: 'Where it is',
  schema: { type: 'string' as const },
  example: `${ADDRESS}/01989a3e-5f00-7000-8000-000000000001`,
};
const WRITER = { role: 'collaborator' } as const;
const REFUSALS = [
  ...['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member', 'body_too_large', 'unsupported_media_type'],
  ...['dashboard_disabled', 'connection_test_failed', 'platform_already_connected'],
];

/** The platforms that the company has connected, whose figures its results show. */
@ApiTags('Connections')
@ApiProduces('application/json')
@Controller('api/portal/connections')
export class PortalConnectionsController {
  constructor(
    private readonly queries: ConnectionQueries,
    private readonly connectPlatform: ConnectPlatform,
    private readonly disconnectPlatform: DisconnectPlatform,
    private readonly startSyncs: StartSyncs,
  ) {}

  /** The connections of the company; none while its dashboard is not enabled. */
  @Get()
  @ApiOperation({ operationId: 'listPortalConnections', summary: 'Get the connections' })
  @ApiOkResponse({ type: PortalConnectionList, description: 'The connections' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  async list(@CurrentPortalActor() { firmId, companyId }: PortalActor): Promise<PortalConnectionList> {
    return PRESENTER.list(await this.queries.listOf(firmId, companyId));
  }

  /** A connection of the company. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalConnection', summary: 'Get a connection' })
  @ApiRecordId('connection')
  @ApiOkResponse({ type: PortalConnectionDocument, description: 'The connection' })
  @ApiPortalProblems('unknown_member', 'connection_not_found')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') text: string): Promise<PortalConnectionDocument> {
    const id = connectionId(text);
    const connection = await this.queries.findOf(actor.firmId, actor.companyId, id);
    if (!connection) throw connectionErrors.notFound(id);
    return PRESENTER.document(connection);
  }

  /**
   * Connects an account of a platform. The platform is asked first; what opens the account is kept encrypted, and shown
   * to nobody. Who manages the delivery is told.
   */
  @Post()
  @ApiOperation({ operationId: 'createPortalConnection', summary: 'Connect a platform' })
  @ApiConsumes('application/json')
  @ApiCreatedResponse({ type: PortalConnectionDocument, description: 'It is connected', headers: { Location } })
  @ApiPortalProblems(...REFUSALS)
  @RequirePortal(WRITER)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async connect(
    @CurrentPortalActor() actor: PortalActor,
    @Body() { platform, credentials, display_name: displayName }: NewPortalConnection,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PortalConnectionDocument> {
    const connection = await this.connectPlatform.execute(actor, { platform, credentials, displayName });
    response.setHeader('Location', `${ADDRESS}/${connection.id}`);
    return PRESENTER.document(connection);
  }

  /** Ends a connection that the client manages: what opens the account is wiped, the figures stay. */
  @Delete(':id')
  @ApiOperation({ operationId: 'deletePortalConnection', summary: 'Disconnect a platform' })
  @ApiRecordId('connection')
  @ApiOkResponse({ type: ConnectionEndedDto, description: 'It has ended' })
  @ApiPortalProblems('connection_not_found', 'connection_managed_by_agency', 'dashboard_disabled')
  @RequirePortal(WRITER)
  @Conditional(PortalConnectionsController, (connections, call) => connections.read(call.portalActor, call.id()))
  async disconnect(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<ConnectionEndedDto> {
    await this.disconnectPlatform.execute(actor, { id: connectionId(id) });
    return { ok: true };
  }

  /** Begins to fetch the figures of all connections, after the answer; what is under way already goes on. */
  @Post('sync')
  @HttpCode(202)
  @ApiOperation({ operationId: 'syncPortalConnections', summary: 'Sync the connections' })
  @ApiAcceptedResponse({ type: SyncStartedDto, description: 'It has begun' })
  @ApiPortalProblems('dashboard_disabled')
  @RequirePortal(WRITER)
  async sync(@CurrentPortalActor() actor: PortalActor): Promise<SyncStartedDto> {
    await this.startSyncs.execute(actor);
    return { message: 'Sync started' };
  }
}

/** @throws DomainError `connection_not_found` for what can't be the id of one */
function connectionId(text: string): ConnectionId {
  if (!isUuid(text)) throw connectionErrors.notFound(text as ConnectionId);
  return text.toLowerCase() as ConnectionId;
}
