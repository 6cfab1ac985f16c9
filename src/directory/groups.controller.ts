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
  ChangeGroup,
  CreateGroup,
  DeleteGroup,
  directoryErrors,
  type GroupListItem,
  GroupQueries,
} from '@portico/domain/directory';
import type { Actor, GroupId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { pageRequest, requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import { sendLocation } from '../platform/http/location.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiCreated, ApiJsonBody } from '../platform/openapi/json-body.js';
import { ApiGroupId } from './directory.openapi.js';
import { GroupDocument, GroupListDocument } from './group.dto.js';
import { GroupPresenter } from './group.presenter.js';
import { ChangeGroupBody, CreateGroupBody } from './group-body.dto.js';
import { memberIds, membersIn, placesOf } from './member-linkage.js';

const PRESENTER = new GroupPresenter();
const GROUP_ID = new ResourceIdPipe('group');
const READ = { scopes: ['GROUPS'], permissions: [] } as const;
const CHANGE = { scopes: ['GROUPS_WRITE'], permissions: ['groups_manage'] } as const;

@ApiTags('Groups')
@ApiProduces('application/vnd.api+json')
@Controller('v1/groups')
export class GroupsController {
  constructor(
    private readonly queries: GroupQueries,
    private readonly createGroup: CreateGroup,
    private readonly changeGroup: ChangeGroup,
    private readonly deleteGroup: DeleteGroup,
  ) {}

  /**
   * One page of the groups that are permitted to the caller, in ascending id order, each with its members if it has 100
   * at most.
   */
  @Get()
  @ApiOperation({ operationId: 'listGroups', summary: 'Get all groups' })
  @ApiOkResponse({ type: GroupListDocument, description: 'One page of groups' })
  @ApiProblems('unknown_member', 'invalid_value')
  @RequireAccess(READ)
  async list(@CurrentActor() actor: Actor, @Query() query: PageParameters): Promise<GroupListDocument> {
    return PRESENTER.list(await this.queries.list(actor, pageRequest(query)), '/v1/groups', query);
  }

  /** Adds a group, with members if some are given. Who may not see all data may see what they made. */
  @Post()
  @ApiOperation({ operationId: 'createGroup', summary: 'Create a group' })
  @ApiCreated(GroupDocument, 'The new group', '/api/v1/groups/100')
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'unknown_entities',
    'invalid_json',
    'type_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { data }: CreateGroupBody,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<GroupDocument> {
    requireSameResource(data, 'groups');
    const members = membersIn(data.relationships);
    const input = { name: data.attributes.name, memberIds: members && memberIds(members) };
    const id = await located(() => this.createGroup.execute(actor, input), placesOf(members));
    const document = PRESENTER.document(await this.get(actor, id));
    sendLocation(request, response, `/v1/groups/${id}`);
    return document;
  }

  /** What is known of a group, and who its members are if there are 1,000 at most. */
  @Get(':id')
  @ApiOperation({ operationId: 'getGroup', summary: 'Get a group' })
  @ApiOkResponse({ type: GroupDocument, description: 'The group' })
  @ApiGroupId()
  @ApiProblems('unknown_member', 'group_not_found')
  @RequireAccess(READ)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', GROUP_ID) id: GroupId): Promise<GroupDocument> {
    return PRESENTER.document(await this.get(actor, id));
  }

  /** Gives a group another name, or replaces its members, or both. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateGroup', summary: 'Update a group' })
  @ApiOkResponse({ type: GroupDocument, description: 'The group as it is now' })
  @ApiJsonBody()
  @ApiGroupId()
  @ApiProblems(
    'unknown_member',
    'invalid_value',
    'unknown_entities',
    'invalid_json',
    'group_not_found',
    'type_mismatch',
    'id_mismatch',
    'body_too_large',
    'unsupported_media_type',
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(GroupsController, (groups, call) => groups.read(call.actor, call.id()))
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', GROUP_ID) id: GroupId,
    @Body() { data }: ChangeGroupBody,
  ): Promise<GroupDocument> {
    requireSameResource(data, 'groups', id);
    const given = membersIn(data.relationships);
    const members = given && { how: 'replace' as const, entityIds: memberIds(given) };
    await located(() => this.changeGroup.execute(actor, { id, name: data.attributes?.name, members }), placesOf(given));
    return PRESENTER.document(await this.get(actor, id));
  }

  /**
   * Deletes a group that no file or folder, archived ones included, is associated with. Its members stay; contacts and
   * users lose it, and the caller must be allowed to change these contacts.
   */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteGroup', summary: 'Delete a group' })
  @ApiNoContentResponse({ description: 'The group is gone' })
  @ApiGroupId()
  @ApiProblems('group_not_found', 'group_in_use', 'affiliated_contact_not_changeable')
  @RequireAccess(CHANGE)
  @Conditional(GroupsController, (groups, call) => groups.read(call.actor, call.id()))
  async remove(@CurrentActor() actor: Actor, @Param('id', GROUP_ID) id: GroupId): Promise<void> {
    await this.deleteGroup.execute(actor, { id });
  }

  private async get(actor: Actor, id: GroupId): Promise<GroupListItem> {
    const group = await this.queries.find(actor, id);
    if (!group) throw directoryErrors.groupNotFound(id);
    return group;
  }
}
