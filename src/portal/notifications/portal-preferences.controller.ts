import { Body, Controller, Get, Put, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalUser } from '@portico/domain/kernel';
import { ChangePreferences, PreferenceQueries } from '@portico/domain/notifications';
import { CurrentPortalUser } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { DoneDto } from './notification.dto.js';
import { NotificationPresenter } from './notification.presenter.js';
import { PreferenceList, PreferencesBody } from './preference.dto.js';

const PRESENTER = new NotificationPresenter();
const USER = { role: 'viewer', user: true } as const;
const BODY = ['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member'];
const TYPES = ['unknown_notification_type', 'repeated_notification_type', 'critical_notification_type'];

/** How the portal user wants to be told. */
@ApiTags('Notifications')
@ApiProduces('application/json')
@Controller('api/portal/notifications/preferences')
export class PortalPreferencesController {
  constructor(
    private readonly queries: PreferenceQueries,
    private readonly changePreferences: ChangePreferences,
  ) {}

  /** Every type of which clients are told, with what the user has chosen, or else what holds of it. */
  @Get()
  @ApiOperation({ operationId: 'getPortalNotificationPreferences', summary: 'Get the notification preferences' })
  @ApiOkResponse({ type: PreferenceList, description: 'The preferences' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal(USER)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async list(@CurrentPortalUser() user: PortalUser): Promise<PreferenceList> {
    return PRESENTER.preferences(await this.queries.sheet(user));
  }

  /**
   * Keeps what the user chooses, all of it or none; what is not in it stays as it is. It holds for mails that wait to be
   * sent too. What is critical, such as `contract_to_sign`, can't be turned off.
   */
  @Put()
  @ApiOperation({ operationId: 'updatePortalNotificationPreferences', summary: 'Update the notification preferences' })
  @ApiConsumes('application/json')
  @ApiOkResponse({ type: DoneDto, description: 'They are kept' })
  @ApiPortalProblems(...BODY, ...TYPES, 'body_too_large', 'unsupported_media_type')
  @RequirePortal(USER)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(PortalPreferencesController, (preferences, call) => preferences.list(call.portalUser))
  async change(@CurrentPortalUser() user: PortalUser, @Body() body: PreferencesBody): Promise<DoneDto> {
    await this.changePreferences.execute(user, PreferencesBody.choices(body));
    return { ok: true };
  }
}
