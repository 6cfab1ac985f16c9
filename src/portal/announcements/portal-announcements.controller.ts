import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { PortalAnnouncementQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { PortalAnnouncementList } from './portal-announcement.dto.js';
import { announcementDto } from './portal-announcement.presenter.js';

/** What the firm has to say to its clients. */
@ApiTags('Announcements')
@ApiProduces('application/json')
@Controller('api/portal/announcements')
export class PortalAnnouncementsController {
  constructor(private readonly queries: PortalAnnouncementQueries) {}

  /** The newest 20 announcements of the category `company`, the newest first. */
  @Get()
  @ApiOperation({ operationId: 'listPortalAnnouncements', summary: 'Get the announcements' })
  @ApiOkResponse({ type: PortalAnnouncementList, description: 'The newest announcements' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal({ role: 'viewer' })
  @UseInterceptors(NoParametersInterceptor)
  async list(@CurrentPortalActor() { firmId }: PortalActor): Promise<PortalAnnouncementList> {
    return { announcements: (await this.queries.latest(firmId, 20)).map(announcementDto) };
  }
}
