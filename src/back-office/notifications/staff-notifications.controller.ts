import { Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '@portico/domain/kernel';
import {
  ArchiveNotification,
  InboxQueries,
  ReadAllNotifications,
  ReadNotification,
} from '@portico/domain/notifications';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { parseList, sendTotal } from '../../platform/http/back-office-list.js';
import { languageFor } from '../../platform/language/language.js';
import { ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import { ApiBackOfficeList } from '../../platform/openapi/back-office-routes.js';
import { StaffNotificationDto } from './notification.dto.js';
import { NOTIFICATION_LIST, notificationDto } from './notification.presenter.js';

const ApiNotificationId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: 'The id of the notification',
    schema: { type: 'string', format: 'uuid', example: '01989a3e-5f00-7000-8000-000000000001' },
  });

/** What the user who calls was told: nobody sees what others were. */
@ApiTags('Notifications')
@ApiProduces('application/json')
@Controller('api/v2/notifications')
export class StaffNotificationsController {
  constructor(
    private readonly queries: InboxQueries,
    private readonly readOne: ReadNotification,
    private readonly readEach: ReadAllNotifications,
    private readonly archiveOne: ArchiveNotification,
  ) {}

  /** Requests, notes and documents of clients, and what else they did, the newest first. */
  @Get()
  @ApiOperation({ operationId: 'listStaffNotifications', summary: 'Get your notifications' })
  @ApiBackOfficeList(NOTIFICATION_LIST, StaffNotificationDto, 'The notifications')
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice()
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffNotificationDto[]> {
    const { items, total } = await this.queries.ofUser(actor, parseList(query, NOTIFICATION_LIST));
    const language = languageFor(accepted);
    sendTotal(response, total);
    response.setHeader('Content-Language', language).vary('Accept-Language');
    return items.map((item) => notificationDto(language, item));
  }

  /** Marks everything that is not archived as read. */
  @Post('read-all')
  @HttpCode(204)
  @ApiOperation({ operationId: 'readAllStaffNotifications', summary: 'Mark all your notifications as read' })
  @ApiNoContentResponse({ description: 'They are read' })
  @ApiBackOfficeProblems()
  @RequireBackOffice()
  async readAll(@CurrentActor() actor: Actor): Promise<void> {
    await this.readEach.execute(actor);
  }

  /** Marks a notification as read. Doing it again changes nothing. */
  @Post(':id/read')
  @HttpCode(204)
  @ApiOperation({ operationId: 'readStaffNotification', summary: 'Mark a notification as read' })
  @ApiNotificationId()
  @ApiNoContentResponse({ description: 'It is read' })
  @ApiBackOfficeProblems('notification_not_found')
  @RequireBackOffice()
  async read(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.readOne.execute(actor, { id });
  }

  /** Puts a notification away; `filter[archived]=true` finds it. Doing it again changes nothing. */
  @Post(':id/archive')
  @HttpCode(204)
  @ApiOperation({ operationId: 'archiveStaffNotification', summary: 'Archive a notification' })
  @ApiNotificationId()
  @ApiNoContentResponse({ description: 'It is archived' })
  @ApiBackOfficeProblems('notification_not_found')
  @RequireBackOffice()
  async archive(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.archiveOne.execute(actor, { id });
  }
}
