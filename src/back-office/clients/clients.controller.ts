import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ArchiveClient,
  ChangeClient,
  clientErrors,
  ClientQueries,
  CreateClient,
  UpsertClients,
} from '@portico/domain/directory';
import type { Actor, ClientId } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { named } from '../../platform/http/back-office-body.js';
import { parseList, sendTotal } from '../../platform/http/back-office-list.js';
import { JsonBodyInterceptor, JsonRowsInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { checkedRows } from '../../platform/http/request.pipe.js';
import { ResourceIdPipe } from '../../platform/http/resource-id.pipe.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import {
  ApiBackOfficeBody,
  ApiBackOfficeId,
  ApiBackOfficeList,
  ApiMade,
  ApiUpsert,
  UpsertedDto,
} from '../../platform/openapi/back-office-routes.js';
import { ChangedClientBody, ClientRowBody, NewClientBody } from './client-body.dto.js';
import { ClientDto } from './client.dto.js';
import { CLIENT_LIST, CLIENT_NAMES, clientDto, clientIn } from './client.presenter.js';

const CLIENT_ID = new ResourceIdPipe('client');
const REFERENCES = ['unknown_client', 'unknown_user', 'unknown_reference', 'invalid_parent'] as const;
const ApiClientId = (): MethodDecorator => ApiBackOfficeId('The id of the client');

/** The companies that the firm serves. Who may not see all data sees those whose entity is permitted to them. */
@ApiTags('Clients')
@ApiProduces('application/json')
@Controller('api/v2/clients')
export class ClientsController {
  constructor(
    private readonly queries: ClientQueries,
    private readonly createClient: CreateClient,
    private readonly changeClient: ChangeClient,
    private readonly archiveClient: ArchiveClient,
    private readonly upsertClients: UpsertClients,
  ) {}

  /** The clients that are in use; with `filter[archived]=true` those that were archived. */
  @Get()
  @ApiOperation({ operationId: 'listClients', summary: 'Get all clients' })
  @ApiBackOfficeList(CLIENT_LIST, ClientDto, 'The clients')
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice()
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientDto[]> {
    const { items, total } = await this.queries.list(actor, parseList(query, CLIENT_LIST));
    sendTotal(response, total);
    return items.map(clientDto);
  }

  /** Adds a client, the entity that is its own, and its folders. */
  @Post()
  @ApiOperation({ operationId: 'createClient', summary: 'Create a client' })
  @ApiMade(ClientDto, 'The new client', '/api/v2/clients/5')
  @ApiBackOfficeBodyProblems(...REFERENCES, 'client_external_id_taken')
  @RequireBackOffice()
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: NewClientBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientDto> {
    const plan = { ...clientIn(body), name: body.name, modelType: body.modelType };
    const { id } = await named(() => this.createClient.execute(actor, plan), CLIENT_NAMES);
    response.setHeader('Location', `/api/v2/clients/${id}`);
    return clientDto(await this.get(actor, id));
  }

  /** Adds or changes clients by what another system calls them: all rows or none. What is not given of one stays. */
  @Put()
  @ApiOperation({ operationId: 'upsertClients', summary: 'Take over clients from another system' })
  @ApiUpsert(ClientRowBody)
  @ApiBackOfficeBodyProblems(...REFERENCES, 'client_external_id_taken', 'client_has_children')
  @RequireBackOffice()
  @UseInterceptors(JsonRowsInterceptor)
  async upsert(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<UpsertedDto> {
    const rows = checkedRows(ClientRowBody, body).map(
      ({ externalId, parentClientExternalId, slaPolicyExternalId, ...row }) => ({
        ...clientIn(row),
        ...{ externalId, slaPolicyExternalId, parentExternalId: parentClientExternalId },
      }),
    );
    return named(() => this.upsertClients.execute(actor, rows), CLIENT_NAMES);
  }

  /** What is known of a client, archived or not. */
  @Get(':id')
  @ApiOperation({ operationId: 'getClient', summary: 'Get a client' })
  @ApiOkResponse({ type: ClientDto, description: 'The client' })
  @ApiClientId()
  @ApiBackOfficeProblems('unknown_member', 'client_not_found')
  @RequireBackOffice()
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', CLIENT_ID) id: ClientId): Promise<ClientDto> {
    return clientDto(await this.get(actor, id));
  }

  /** Changes what is given. */
  @Put(':id')
  @ApiOperation({ operationId: 'putClient', summary: 'Update a client' })
  @ApiOkResponse({ type: ClientDto, description: 'The client as it is now' })
  @ApiBackOfficeBody()
  @ApiClientId()
  @ApiBackOfficeBodyProblems(...REFERENCES, 'client_not_found', 'client_external_id_taken', 'client_has_children')
  @RequireBackOffice()
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ClientsController, (clients, call) => clients.read(call.actor, call.id()))
  put(
    @CurrentActor() actor: Actor,
    @Param('id', CLIENT_ID) id: ClientId,
    @Body() body: ChangedClientBody,
  ): Promise<ClientDto> {
    return this.change(actor, id, body);
  }

  /** Changes what is given. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateClient', summary: 'Update a client' })
  @ApiOkResponse({ type: ClientDto, description: 'The client as it is now' })
  @ApiBackOfficeBody()
  @ApiClientId()
  @ApiBackOfficeBodyProblems(...REFERENCES, 'client_not_found', 'client_external_id_taken', 'client_has_children')
  @RequireBackOffice()
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ClientsController, (clients, call) => clients.read(call.actor, call.id()))
  patch(
    @CurrentActor() actor: Actor,
    @Param('id', CLIENT_ID) id: ClientId,
    @Body() body: ChangedClientBody,
  ): Promise<ClientDto> {
    return this.change(actor, id, body);
  }

  /** Archives a client: lists leave it out, and nothing of it is lost. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'archiveClient', summary: 'Archive a client' })
  @ApiNoContentResponse({ description: 'The client is archived' })
  @ApiClientId()
  @ApiBackOfficeProblems('client_not_found')
  @RequireBackOffice()
  @Conditional(ClientsController, (clients, call) => clients.read(call.actor, call.id()))
  async archive(@CurrentActor() actor: Actor, @Param('id', CLIENT_ID) id: ClientId): Promise<void> {
    await this.archiveClient.execute(actor, { id, step: 'archive' });
  }

  /** Takes an archived client into use again. */
  @Post(':id/restore')
  @HttpCode(200)
  @ApiOperation({ operationId: 'restoreClient', summary: 'Restore a client' })
  @ApiOkResponse({ type: ClientDto, description: 'The client as it is now' })
  @ApiClientId()
  @ApiBackOfficeProblems('client_not_found')
  @RequireBackOffice()
  @Tagged()
  @Conditional(ClientsController, (clients, call) => clients.read(call.actor, call.id()))
  async restore(@CurrentActor() actor: Actor, @Param('id', CLIENT_ID) id: ClientId): Promise<ClientDto> {
    await this.archiveClient.execute(actor, { id, step: 'restore' });
    return clientDto(await this.get(actor, id));
  }

  private async change(actor: Actor, id: ClientId, body: ChangedClientBody): Promise<ClientDto> {
    await named(() => this.changeClient.execute(actor, { id, profile: clientIn(body) }), CLIENT_NAMES);
    return clientDto(await this.get(actor, id));
  }

  private async get(actor: Actor, id: ClientId) {
    const client = await this.queries.find(actor, id);
    if (!client) throw clientErrors.notFound(id);
    return client;
  }
}
