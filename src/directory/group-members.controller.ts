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
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ChangeGroup,
  directoryErrors,
  type EntityListItem,
  EntityQueries,
  type GroupListItem,
  GroupQueries,
  type MemberChange,
} from '@portico/domain/directory';
import type { Actor, GroupId, Page } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { pageRequest } from '../platform/http/json-api.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { setTag } from '../platform/http/send-tag.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiJsonBody } from '../platform/openapi/json-body.js';
import { ApiGroupId } from './directory.openapi.js';
import { EntityListDocument } from './entity.dto.js';
import { EntityPresenter } from './entity.presenter.js';
import { GroupMembersPage } from './group.dto.js';
import { GroupPresenter } from './group.presenter.js';
import { GroupsController } from './groups.controller.js';
import { memberIds, placesOf } from './member-linkage.js';

const GROUPS = new GroupPresenter();
const ENTITIES = new EntityPresenter();
const GROUP_ID = new ResourceIdPipe('group');
const READ = { scopes: ['GROUPS'], permissions: [] } as const;
const CHANGE = { scopes: ['GROUPS_WRITE'], permissions: ['groups_manage'] } as const;
const REFUSALS = [
  'unknown_member',
  'invalid_value',
  'unknown_entities',
  'invalid_json',
  'group_not_found',
  'type_mismatch',
  'body_too_large',
  'unsupported_media_type',
] as const;

@ApiTags('Groups')
@ApiProduces('application/vnd.api+json')
@Controller('v1/groups/:id')
export class GroupMembersController {
  constructor(
    private readonly groups: GroupQueries,
    private readonly entities: EntityQueries,
    private readonly changeGroup: ChangeGroup,
  ) {}

  /** One page of the members of a group as full resources, in ascending id order. */
  @Get('members')
  @ApiOperation({ operationId: 'listGroupMembers', summary: 'Get the members of a group' })
  @ApiOkResponse({ type: EntityListDocument, description: 'One page of entities' })
  @ApiGroupId()
  @ApiProblems('unknown_member', 'invalid_value', 'group_not_found')
  @RequireAccess(READ)
  async list(
    @CurrentActor() actor: Actor,
    @Param('id', GROUP_ID) id: GroupId,
    @Query() query: PageParameters,
  ): Promise<EntityListDocument> {
    const { members } = await this.page(actor, id, query);
    return ENTITIES.list(members, `/v1/groups/${id}/members`, query);
  }

  /** One page of the ids of the members of a group, ascending. */
  @Get('relationships/members')
  @ApiOperation({ operationId: 'getGroupMembersRelationship', summary: 'Get the members relationship of a group' })
  @ApiOkResponse({ type: GroupMembersPage, description: 'One page of the members' })
  @ApiGroupId()
  @ApiProblems('unknown_member', 'invalid_value', 'group_not_found')
  @RequireAccess(READ)
  @Tagged()
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', GROUP_ID) id: GroupId,
    @Query() query: PageParameters,
    @Res({ passthrough: true }) response: Response,
  ): Promise<GroupMembersPage> {
    const { group, members } = await this.page(actor, id, query);
    setTag(response, GROUPS.document(group));
    return GROUPS.membersPage(id, members, query);
  }

  /** Adds entities to a group, all or none; those that are members already stay so. */
  @Post('relationships/members')
  @HttpCode(204)
  @ApiOperation({ operationId: 'addGroupMembersRelationship', summary: 'Add members to a group' })
  @ApiNoContentResponse({ description: 'All of them are members' })
  @ApiJsonBody()
  @ApiGroupId()
  @ApiProblems(...REFUSALS)
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(GroupsController, (groups, call) => groups.read(call.actor, call.id()))
  add(@CurrentActor() actor: Actor, @Param('id', GROUP_ID) id: GroupId, @Body() { data }: LinkageBody): Promise<void> {
    return this.change(actor, id, 'add', data);
  }

  /** Makes these entities, and no others, the members of a group; an empty list leaves it without members. */
  @Patch('relationships/members')
  @HttpCode(204)
  @ApiOperation({ operationId: 'updateGroupMembersRelationship', summary: 'Replace the members of a group' })
  @ApiNoContentResponse({ description: 'These and no others are members' })
  @ApiJsonBody()
  @ApiGroupId()
  @ApiProblems(...REFUSALS)
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(GroupsController, (groups, call) => groups.read(call.actor, call.id()))
  replace(
    @CurrentActor() actor: Actor,
    @Param('id', GROUP_ID) id: GroupId,
    @Body() { data }: LinkageBody,
  ): Promise<void> {
    return this.change(actor, id, 'replace', data);
  }

  /** Removes entities from a group, all or none; those that are no members are none afterwards too. */
  @Delete('relationships/members')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteGroupMembersRelationship', summary: 'Remove members from a group' })
  @ApiNoContentResponse({ description: 'None of them is a member' })
  @ApiJsonBody()
  @ApiGroupId()
  @ApiProblems(...REFUSALS)
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(GroupsController, (groups, call) => groups.read(call.actor, call.id()))
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', GROUP_ID) id: GroupId,
    @Body() { data }: LinkageBody,
  ): Promise<void> {
    return this.change(actor, id, 'remove', data);
  }

  private change(actor: Actor, id: GroupId, how: MemberChange, data: LinkageBody['data']): Promise<void> {
    const given = { pointer: '/data', data };
    const members = { how, entityIds: memberIds(given) };
    return located(() => this.changeGroup.execute(actor, { id, members }), placesOf(given));
  }

  /** A group and one page of its members. @throws DomainError `group_not_found`, `invalid_value` */
  private async page(
    actor: Actor,
    id: GroupId,
    query: PageParameters,
  ): Promise<{ group: GroupListItem; members: Page<EntityListItem> }> {
    const page = pageRequest(query);
    const group = await this.groups.find(actor, id);
    if (!group) throw directoryErrors.groupNotFound(id);
    return { group, members: await this.entities.listMembers(actor.firmId, id, page) };
  }
}
