import { Body, Controller, HttpCode, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RefreshSession, type SessionToken, type SessionTokens, SignIn, SignOut } from '@portico/domain/identity';
import type { Actor, FirmId, Origin } from '@portico/domain/kernel';
import { CurrentActor, Public, RequireBackOffice } from '../../platform/access/access.js';
import { AttemptInterceptor } from '../../platform/access/attempt.interceptor.js';
import { addressOf } from '../../platform/http/caller-address.js';
import { instant } from '../../platform/http/json-api.js';
import { JsonPublicBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import { ApiBackOfficeProblems, ApiOpenProblems } from '../../platform/openapi/back-office-problems.js';
import { CredentialCache } from '../credential-cache.js';
import { RefreshBody, SessionDto, SignInBody, type SessionTokenDto } from './session.dto.js';

/** Signing in to the Back Office, staying signed in, and signing out. */
@ApiTags('Sessions')
@ApiProduces('application/json')
@Controller('api/v2')
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly credentials: CredentialCache,
  ) {}

  /** Opens a session of a user with the permission `back_office`. After five failures in a minute the address is blocked for a minute. */
  @Post('signin')
  @HttpCode(200)
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in' })
  @ApiOkResponse({ type: SessionDto, description: 'The session' })
  @ApiOpenProblems(
    'unknown_member',
    'invalid_value',
    'invalid_email',
    'firm_required',
    'sign_in_refused',
    'sign_in_blocked',
    'rate_limited',
  )
  @Public()
  @UseInterceptors(JsonPublicBodyInterceptor, AttemptInterceptor)
  async open(@Body() { email, password, firmId }: SignInBody, @Req() request: ObservedRequest): Promise<SessionDto> {
    const claim = { email, password, firmId: (firmId as FirmId | undefined) ?? null };
    return sessionOf(await this.signIn.execute(originOf(request), claim));
  }

  /** Exchanges a refresh token for the next two tokens. It serves once; one that comes back ends its session. */
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ operationId: 'refreshSession', summary: 'Stay signed in' })
  @ApiOkResponse({ type: SessionDto, description: 'The session, with new tokens' })
  @ApiOpenProblems('unknown_member', 'invalid_value', 'refresh_token_invalid', 'rate_limited')
  @Public()
  @UseInterceptors(JsonPublicBodyInterceptor, AttemptInterceptor)
  async refresh(@Body() { refreshToken }: RefreshBody, @Req() request: ObservedRequest): Promise<SessionDto> {
    const session = await this.refreshSession.execute(originOf(request), { refreshToken });
    return sessionOf(session);
  }

  /** Ends the session with which it is called: its tokens serve no more. */
  @Post('signout')
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  @ApiBackOfficeProblems()
  @RequireBackOffice()
  async close(@CurrentActor() actor: Actor): Promise<void> {
    await this.signOut.execute(actor);
    this.credentials.forget(); // other instances are told by the database; here the next call must know already
  }
}

const originOf = (request: ObservedRequest): Origin => ({
  requestId: request.requestId,
  address: addressOf(request),
});

function sessionOf({ accessToken, refreshToken }: SessionTokens): SessionDto {
  return { '2faRequired': false, accessToken: tokenOf(accessToken), refreshToken: tokenOf(refreshToken) };
}

function tokenOf({ token, createdAt, expiresAt }: SessionToken): SessionTokenDto {
  return { token, createdAt: instant(createdAt), expiresAt: instant(expiresAt) };
}
