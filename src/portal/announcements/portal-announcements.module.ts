import { Module } from '@nestjs/common';
import { PortalAnnouncementQueries } from '@portico/domain/portal';
import { Database } from '../../platform/database/database.js';
import { bind } from '../../platform/wiring.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalAnnouncementsController } from './portal-announcements.controller.js';
import { SqlPortalAnnouncementQueries } from './sql-portal-announcement-queries.js';

/** The announcements that clients see. */
@Module({
  imports: [PortalAccessModule],
  controllers: [PortalAnnouncementsController],
  providers: [bind(PortalAnnouncementQueries, SqlPortalAnnouncementQueries, Database)],
  exports: [PortalAnnouncementQueries],
})
export class PortalAnnouncementsModule {}
