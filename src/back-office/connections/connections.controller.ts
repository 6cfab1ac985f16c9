import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ConnectForClient,
  connectionErrors,
  ConnectionQueries,
  DisconnectForClient,
} from '@portico/domain/connections';
import { type Actor, type ClientId, type ConnectionId, isUuid } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { named } from '../../platform/http/back-office-body.js';
import { parseList, sendTotal } from '../../platform/http/back-office-list.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import { ApiBackOfficeList, ApiMade } from '../../platform/openapi/back-office-routes.js';
import { ConnectionDto, NewConnectionBody } from './connection.dto.js';
import { CONNECTION_LIST, CONNECTION_NAMES, connectionDto } from './connection.presenter.js';

const ADDRESS = '/api/v2/platform-connections';
const EXAMPLE = '01989a3e-5f00-7000-8000-000000000001';
const ApiConnectionId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: 'The id of the connection',
    schema: { type: 'string', format: 'uuid', example: EXAMPLE },
  });

/** The connections of clients to platforms. Who may not see all data sees those of the clients permitted to them. */
@ApiTags('Platform connections')
@ApiProduces('application/json')
@Controller('api/v2/platform-connections')
export class ConnectionsController {
  constructor(
    private readonly queries: ConnectionQueries,
    private readonly connectForClient: ConnectForClient,
    private readonly disconnectForClient: DisconnectForClient,
  ) {}

  /** The connections that have not ended, whoever made them, and how their syncs go. */
  @Get()
  @ApiOperation({ operationId: 'listPlatformConnections', summary: 'Get all connections' })
  @ApiBackOfficeList(CONNECTION_LIST, ConnectionDto, 'The connections')
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice()
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConnectionDto[]> {
    const { items, total } = await this.queries.listForStaff(actor, parseList(query, CONNECTION_LIST));
    sendTotal(response, total);
    return items.map(connectionDto);
  }

  /**
   * Connects an account of a platform for a client, who can not end that. The platform is asked first; what opens the
   * account is kept encrypted, and shown to nobody.
   */
  @Post()
  @ApiOperation({ operationId: 'createPlatformConnection', summary: 'Connect a platform for a client' })
  @ApiMade(ConnectionDto, 'The new connection', `${ADDRESS}/${EXAMPLE}`)
  @ApiBackOfficeBodyProblems('unknown_client', 'connection_test_failed', 'platform_already_connected')
  @RequireBackOffice()
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { clientId, ...body }: NewConnectionBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConnectionDto> {
    const input = { ...body, clientId: clientId as ClientId };
    const id = await named(() => this.connectForClient.execute(actor, input), CONNECTION_NAMES);
    response.setHeader('Location', `${ADDRESS}/${id}`);
    return this.get(actor, id);
  }

  /** What is known of a connection. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPlatformConnection', summary: 'Get a connection' })
  @ApiOkResponse({ type: ConnectionDto, description: 'The connection' })
  @ApiConnectionId()
  @ApiBackOfficeProblems('unknown_member', 'connection_not_found')
  @RequireBackOffice()
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  read(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ConnectionDto> {
    return this.get(actor, connectionId(id));
  }

  /** Ends a connection, whoever made it: what opens the account is wiped, the figures stay. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deletePlatformConnection', summary: 'End a connection' })
  @ApiNoContentResponse({ description: 'It has ended' })
  @ApiConnectionId()
  @ApiBackOfficeProblems('connection_not_found')
  @RequireBackOffice()
  @Conditional(ConnectionsController, (connections, call) => connections.read(call.actor, call.id()))
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.disconnectForClient.execute(actor, { id: connectionId(id) });
  }

  private async get(actor: Actor, id: ConnectionId): Promise<ConnectionDto> {
    const connection = await this.queries.findForStaff(actor, id);
    if (!connection) throw connectionErrors.notFound(id);
    return connectionDto(connection);
  }
}

/** @throws DomainError `connection_not_found` for what can't be the id of one */
function connectionId(text: string): ConnectionId {
  if (!isUuid(text)) throw connectionErrors.notFound(text as ConnectionId);
  return text.toLowerCase() as ConnectionId;
}
