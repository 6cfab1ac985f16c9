import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ChangeEntity,
  CreateEntity,
  DeleteEntity,
  directoryErrors,
  type EntityListItem,
  EntityQueries,
} from '@portico/domain/directory';
import type { Actor, EntityId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { pageRequest, requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import { sendLocation } from '../platform/http/location.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiCreated, ApiJsonBody } from '../platform/openapi/json-body.js';
import { ApiEntityId } from './directory.openapi.js';
import { EntityDocument, EntityListDocument } from './entity.dto.js';
import { EntityPresenter } from './entity.presenter.js';
import { ChangeEntityBody, changedFields, CreateEntityBody, newFields } from './entity-body.dto.js';
import { EntityListQuery } from './entity-query.dto.js';

const PRESENTER = new EntityPresenter();
const ENTITY_ID = new ResourceIdPipe('entity');
/** Where in the body of an entity the reasons of its refusals stand. */
const PLACES = { attributes: { external_id_taken: 'external_id' } };
const READ = { scopes: ['ENTITIES'], permissions: [] } as const;
const CHANGE = { scopes: ['ENTITIES_WRITE'], permissions: ['entities_manage'] } as const;

@ApiTags('Entities')
@ApiProduces('application/vnd.api+json')
@Controller('v1/entities')
export class EntitiesController {
  constructor(
    private readonly queries: EntityQueries,
    private readonly createEntity: CreateEntity,
    private readonly changeEntity: ChangeEntity,
    private readonly deleteEntity: DeleteEntity,
  ) {}

  /** One page of the entities that are permitted to the caller, in ascending id order. */
  @Get()
  @ApiOperation({ operationId: 'listEntities', summary: 'Get all entities' })
  @ApiOkResponse({ type: EntityListDocument, description: 'One page of entities' })
  @ApiProblems('unknown_member', 'invalid_value')
  @RequireAccess(READ)
  async list(@CurrentActor() actor: Actor, @Query() query: EntityListQuery): Promise<EntityListDocument> {
    const page = await this.queries.list(actor, pageRequest(query), EntityListQuery.filters(query));
    return PRESENTER.list(page, '/v1/entities', query);
  }

  /** Adds an entity: a person, a trust, an account, a household, … Who may not see all data may see what they made. */
  @Post()
  @ApiOperation({ operationId: 'createEntity', summary: 'Create an entity' })
  @ApiCreated(EntityDocument, 'The new entity', '/api/v1/entities/10000')
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'invalid_json',
    'type_mismatch',
    'external_id_taken',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { data }: CreateEntityBody,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EntityDocument> {
    requireSameResource(data, 'entities');
    const id = await located(() => this.createEntity.execute(actor, newFields(data.attributes)), PLACES);
    const document = PRESENTER.document(await this.get(actor, id));
    sendLocation(request, response, `/v1/entities/${id}`);
    return document;
  }

  /** What is known of an entity. */
  @Get(':id')
  @ApiOperation({ operationId: 'getEntity', summary: 'Get an entity' })
  @ApiOkResponse({ type: EntityDocument, description: 'The entity' })
  @ApiEntityId()
  @ApiProblems('unknown_member', 'entity_not_found')
  @RequireAccess(READ)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', ENTITY_ID) id: EntityId): Promise<EntityDocument> {
    return PRESENTER.document(await this.get(actor, id));
  }

  /** Changes those attributes that are given; null takes away what may be absent. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateEntity', summary: 'Update an entity' })
  @ApiOkResponse({ type: EntityDocument, description: 'The entity as it is now' })
  @ApiJsonBody()
  @ApiEntityId()
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'invalid_json',
    'entity_not_found',
    'type_mismatch',
    'id_mismatch',
    'external_id_taken',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(EntitiesController, (entities, call) => entities.read(call.actor, call.id()))
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', ENTITY_ID) id: EntityId,
    @Body() { data }: ChangeEntityBody,
  ): Promise<EntityDocument> {
    requireSameResource(data, 'entities', id);
    const fields = changedFields(data.attributes ?? {});
    await located(() => this.changeEntity.execute(actor, { id, fields }), PLACES);
    return PRESENTER.document(await this.get(actor, id));
  }

  /**
   * Deletes an entity that no file or folder, archived ones included, is associated with. Groups, contacts and users lose
   * it, and the caller must be allowed to change these contacts.
   */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteEntity', summary: 'Delete an entity' })
  @ApiNoContentResponse({ description: 'The entity is gone' })
  @ApiEntityId()
  @ApiProblems('entity_not_found', 'entity_in_use', 'affiliated_contact_not_changeable')
  @RequireAccess(CHANGE)
  @Conditional(EntitiesController, (entities, call) => entities.read(call.actor, call.id()))
  async remove(@CurrentActor() actor: Actor, @Param('id', ENTITY_ID) id: EntityId): Promise<void> {
    await this.deleteEntity.execute(actor, { id });
  }

  private async get(actor: Actor, id: EntityId): Promise<EntityListItem> {
    const entity = await this.queries.find(actor, id);
    if (!entity) throw directoryErrors.entityNotFound(id);
    return entity;
  }
}
