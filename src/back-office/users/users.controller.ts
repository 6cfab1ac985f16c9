import { Body, Controller, Get, Param, Patch, Post, Put, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ChangeUser, CreateUser, identityErrors, UserQueries } from '@portico/domain/identity';
import type { Actor, UserId } from '@portico/domain/kernel';
import { CredentialCache } from '../../identity/authentication.module.js';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { named } from '../../platform/http/back-office-body.js';
import { parseList, sendTotal } from '../../platform/http/back-office-list.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ResourceIdPipe } from '../../platform/http/resource-id.pipe.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import {
  ApiBackOfficeBody,
  ApiBackOfficeId,
  ApiBackOfficeList,
  ApiMade,
} from '../../platform/openapi/back-office-routes.js';
import { ChangedUserFields, NewUserFields } from './user-body.dto.js';
import { UserDto } from './user.dto.js';
import { permittedIn, USER_LIST, USER_NAMES, userDto, userIn } from './user.presenter.js';

const USER_ID = new ResourceIdPipe('user');
const MANAGE = { permissions: ['users_manage'] } as const;
const BODY = [
  ...(['invalid_email', 'invalid_user_name', 'invalid_password', 'unknown_entities', 'unknown_groups'] as const),
  ...(['grant_exceeds_own', 'password_not_changeable', 'email_taken', 'external_user_id_taken'] as const),
] as const;
const CHANGE = [
  ...BODY,
  ...(['user_not_found', 'user_exceeds_own', 'own_rights_not_changeable', 'last_administrator'] as const),
] as const;
const ApiUserId = (): MethodDecorator => ApiBackOfficeId('The id of the user', 2000);

/** The firm's staff. Users are never deleted: one without permissions may do nothing. */
@ApiTags('Users')
@ApiProduces('application/json')
@Controller('api/v2/users')
export class BackOfficeUsersController {
  constructor(
    private readonly queries: UserQueries,
    private readonly createUser: CreateUser,
    private readonly changeUser: ChangeUser,
    private readonly credentials: CredentialCache,
  ) {}

  /** All users of the firm. */
  @Get()
  @ApiOperation({ operationId: 'listUsers', summary: 'Get all users' })
  @ApiBackOfficeList(USER_LIST, UserDto, 'The users')
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice(MANAGE)
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto[]> {
    const { items, total } = await this.queries.listCounted(actor, parseList(query, USER_LIST));
    sendTotal(response, total);
    return items.map(userDto);
  }

  /** Adds a user, who may do no more, and see no more, than the caller. A password needs all data access. */
  @Post()
  @ApiOperation({ operationId: 'createUser', summary: 'Create a user' })
  @ApiMade(UserDto, 'The new user', '/api/v2/users/2000')
  @ApiBackOfficeBodyProblems(...BODY)
  @RequireBackOffice(MANAGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: NewUserFields,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    const { email, password, permissions = [], allDataAccess = false } = body;
    const input = { ...userIn(body), email, password, permissions, allDataAccess, permitted: permittedIn(body) };
    const id = await named(() => this.createUser.execute(actor, input), USER_NAMES);
    response.setHeader('Location', `/api/v2/users/${id}`);
    return this.get(actor, id);
  }

  /** What is known of a user. */
  @Get(':id')
  @ApiOperation({ operationId: 'getUser', summary: 'Get a user' })
  @ApiOkResponse({ type: UserDto, description: 'The user' })
  @ApiUserId()
  @ApiBackOfficeProblems('unknown_member', 'user_not_found')
  @RequireBackOffice(MANAGE)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  read(@CurrentActor() actor: Actor, @Param('id', USER_ID) id: UserId): Promise<UserDto> {
    return this.get(actor, id);
  }

  /** Changes what is given. Nobody but an administrator changes what they may do and see themselves. */
  @Put(':id')
  @ApiOperation({ operationId: 'putUser', summary: 'Update a user' })
  @ApiOkResponse({ type: UserDto, description: 'The user as they are now' })
  @ApiBackOfficeBody()
  @ApiUserId()
  @ApiBackOfficeBodyProblems(...CHANGE)
  @RequireBackOffice(MANAGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(BackOfficeUsersController, (users, call) => users.read(call.actor, call.id()))
  put(
    @CurrentActor() actor: Actor,
    @Param('id', USER_ID) id: UserId,
    @Body() body: ChangedUserFields,
  ): Promise<UserDto> {
    return this.change(actor, id, body);
  }

  /** Changes what is given. Nobody but an administrator changes what they may do and see themselves. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateUser', summary: 'Update a user' })
  @ApiOkResponse({ type: UserDto, description: 'The user as they are now' })
  @ApiBackOfficeBody()
  @ApiUserId()
  @ApiBackOfficeBodyProblems(...CHANGE)
  @RequireBackOffice(MANAGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(BackOfficeUsersController, (users, call) => users.read(call.actor, call.id()))
  patch(
    @CurrentActor() actor: Actor,
    @Param('id', USER_ID) id: UserId,
    @Body() body: ChangedUserFields,
  ): Promise<UserDto> {
    return this.change(actor, id, body);
  }

  private async change(actor: Actor, id: UserId, body: ChangedUserFields): Promise<UserDto> {
    const input = { id, profile: userIn(body), password: body.password, permitted: permittedIn(body) };
    await named(() => this.changeUser.execute(actor, input), USER_NAMES);
    this.credentials.forget(); // other instances are told by the database; here the next call must know already
    return this.get(actor, id);
  }

  private async get(actor: Actor, id: UserId): Promise<UserDto> {
    const user = await this.queries.find(actor, id);
    if (!user) throw identityErrors.noUser(id);
    return userDto(user);
  }
}
