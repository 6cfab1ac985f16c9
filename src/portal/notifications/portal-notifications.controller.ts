import { Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalUser } from '@portico/domain/kernel';
import {
  ArchiveNotification,
  inboxOf,
  InboxQueries,
  ReadAllNotifications,
  ReadNotification,
} from '@portico/domain/notifications';
import { CurrentPortalUser } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ApiRecordId } from '../record-id.js';
import { DoneDto, NotificationList, UnreadCount } from './notification.dto.js';
import { NotificationPresenter } from './notification.presenter.js';
import { NotificationListQuery } from './notification-query.dto.js';

const PRESENTER = new NotificationPresenter();
/** A viewer may do all of it: it is their own inbox. */
const USER = { role: 'viewer', user: true } as const;
const DONE: DoneDto = { ok: true };

/** What the portal user was told. */
@ApiTags('Notifications')
@ApiProduces('application/json')
@Controller('api/portal/notifications')
export class PortalNotificationsController {
  constructor(
    private readonly queries: InboxQueries,
    private readonly readOne: ReadNotification,
    private readonly readEach: ReadAllNotifications,
    private readonly archiveOne: ArchiveNotification,
  ) {}

  /** What the user was told in the portal as a contact of this company, the newest first. */
  @Get()
  @ApiOperation({ operationId: 'listPortalNotifications', summary: 'Get the notifications' })
  @ApiOkResponse({ type: NotificationList, description: 'A part of the list' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal(USER)
  async list(@CurrentPortalUser() user: PortalUser, @Query() query: NotificationListQuery): Promise<NotificationList> {
    const part = NotificationListQuery.part(query);
    return PRESENTER.list(await this.queries.list(inboxOf(user), part), part);
  }

  /** How many notifications are neither read nor archived. */
  @Get('unread-count')
  @ApiOperation({ operationId: 'getUnreadPortalNotificationCount', summary: 'Count the unread notifications' })
  @ApiOkResponse({ type: UnreadCount, description: 'How many' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal(USER)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async count(@CurrentPortalUser() user: PortalUser): Promise<UnreadCount> {
    return { unread_count: await this.queries.count(inboxOf(user), 'unread') };
  }

  /** Marks everything that is not archived as read. */
  @Post('read-all')
  @HttpCode(200)
  @ApiOperation({ operationId: 'readAllPortalNotifications', summary: 'Mark all notifications as read' })
  @ApiOkResponse({ type: DoneDto, description: 'They are read' })
  @ApiPortalProblems()
  @RequirePortal(USER)
  async readAll(@CurrentPortalUser() user: PortalUser): Promise<DoneDto> {
    await this.readEach.execute(user);
    return DONE;
  }

  /** Marks a notification as read. Doing it again changes nothing. */
  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ operationId: 'readPortalNotification', summary: 'Mark a notification as read' })
  @ApiRecordId('notification')
  @ApiOkResponse({ type: DoneDto, description: 'It is read' })
  @ApiPortalProblems('notification_not_found')
  @RequirePortal(USER)
  async read(@CurrentPortalUser() user: PortalUser, @Param('id') id: string): Promise<DoneDto> {
    await this.readOne.execute(user, { id });
    return DONE;
  }

  /** Puts a notification away: it is found with `filter=archived` from then on. Doing it again changes nothing. */
  @Post(':id/archive')
  @HttpCode(200)
  @ApiOperation({ operationId: 'archivePortalNotification', summary: 'Archive a notification' })
  @ApiRecordId('notification')
  @ApiOkResponse({ type: DoneDto, description: 'It is archived' })
  @ApiPortalProblems('notification_not_found')
  @RequirePortal(USER)
  async archive(@CurrentPortalUser() user: PortalUser, @Param('id') id: string): Promise<DoneDto> {
    await this.archiveOne.execute(user, { id });
    return DONE;
  }
}
