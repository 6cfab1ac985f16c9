import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ChangeUser, CreateUser, identityErrors, type UserListItem, UserQueries } from '@portico/domain/identity';
import type { Actor, UserId } from '@portico/domain/kernel';
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
import { CredentialCache } from './credential-cache.js';
import { ChangedUserBody, NewUserBody } from './user-body.dto.js';
import { UserDocument, UserListDocument } from './user.dto.js';
import { permittedIn, placesIn, profileIn } from './user-input.js';
import { UserPresenter } from './user.presenter.js';

const PRESENTER = new UserPresenter();
const USER_ID = new ResourceIdPipe('user');
const READ = { scopes: ['USERS'], permissions: ['users_manage'] } as const;
const CHANGE = { scopes: ['USERS_WRITE'], permissions: ['users_manage'] } as const;
const BODY = [
  ...['unknown_member', 'invalid_value', 'invalid_email', 'invalid_user_name', 'invalid_password', 'invalid_json'],
  ...['unknown_entities', 'unknown_groups', 'grant_exceeds_own', 'password_not_changeable', 'type_mismatch'],
  ...['email_taken', 'external_user_id_taken', 'body_too_large', 'unsupported_media_type'],
];
const ApiUserId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the user', schema: { type: 'string', example: '2000' } });

@ApiTags('Users')
@ApiProduces('application/vnd.api+json')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly queries: UserQueries,
    private readonly createUser: CreateUser,
    private readonly changeUser: ChangeUser,
    private readonly credentials: CredentialCache,
  ) {}

  /** One page of all users of the firm, in ascending id order. */
  @Get()
  @ApiOperation({ operationId: 'listUsers', summary: 'Get all users' })
  @ApiOkResponse({ type: UserListDocument, description: 'One page of users' })
  @ApiProblems('unknown_member', 'invalid_value')
  @RequireAccess(READ)
  async list(@CurrentActor() actor: Actor, @Query() query: PageParameters): Promise<UserListDocument> {
    return PRESENTER.list(await this.queries.list(actor, pageRequest(query)), query);
  }

  /** The user as whom the call is made: any valid credentials will do, so it also tells whether they are valid. */
  @Get('me')
  @ApiOperation({ operationId: 'getCurrentUser', summary: 'Get the current user' })
  @ApiOkResponse({ type: UserDocument, description: 'The caller' })
  @ApiProblems('unknown_member')
  @RequireAccess({ scopes: [], permissions: [] })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async me(@CurrentActor() actor: Actor): Promise<UserDocument> {
    return PRESENTER.document(await this.get(actor, actor.userId));
  }

  /** Adds a user, who may do no more, and see no more, than the caller. A password needs all data access. */
  @Post()
  @ApiOperation({ operationId: 'createUser', summary: 'Create a user' })
  @ApiCreated(UserDocument, 'The new user', '/api/v1/users/2000')
  @ApiProblems(...BODY)
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { data }: NewUserBody,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDocument> {
    requireSameResource(data, 'users');
    const { attributes, relationships } = data;
    const { email, password, permissions = [], all_data_access: allDataAccess = false } = attributes;
    const permitted = permittedIn(relationships);
    const input = { ...profileIn(attributes), email, password, permissions, allDataAccess, permitted };
    const id = await located(() => this.createUser.execute(actor, input), placesIn(relationships));
    const document = PRESENTER.document(await this.get(actor, id));
    sendLocation(request, response, `/v1/users/${id}`);
    return document;
  }

  /** What is known of a user. */
  @Get(':id')
  @ApiOperation({ operationId: 'getUser', summary: 'Get a user' })
  @ApiOkResponse({ type: UserDocument, description: 'The user' })
  @ApiUserId()
  @ApiProblems('unknown_member', 'user_not_found')
  @RequireAccess(READ)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', USER_ID) id: UserId): Promise<UserDocument> {
    return PRESENTER.document(await this.get(actor, id));
  }

  /**
   * Changes the attributes that are given, and replaces the permitted data that are given. Nobody but an administrator
   * changes what they may do and see themselves; the password of another user needs all data access.
   */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateUser', summary: 'Update a user' })
  @ApiOkResponse({ type: UserDocument, description: 'The user as they are now' })
  @ApiJsonBody()
  @ApiUserId()
  @ApiProblems(
    ...BODY,
    ...['user_exceeds_own', 'own_rights_not_changeable', 'user_not_found', 'id_mismatch', 'last_administrator'],
  )
  @RequireAccess(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(UsersController, (users, call) => users.read(call.actor, call.id()))
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', USER_ID) id: UserId,
    @Body() { data }: ChangedUserBody,
  ): Promise<UserDocument> {
    requireSameResource(data, 'users', id);
    const { attributes = {}, relationships } = data;
    const { password } = attributes;
    const input = { id, profile: profileIn(attributes), password, permitted: permittedIn(relationships) };
    await located(() => this.changeUser.execute(actor, input), placesIn(relationships));
    this.credentials.forget(); // other instances are told by the database; here the next call must know already
    return PRESENTER.document(await this.get(actor, id));
  }

  private async get(actor: Actor, id: UserId): Promise<UserListItem> {
    const user = await this.queries.find(actor, id);
    if (!user) throw identityErrors.noUser(id);
    return user;
  }
}
