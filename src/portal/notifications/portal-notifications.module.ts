import { Module } from '@nestjs/common';
import { InboxModule } from '../../notifications/inbox.module.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalNotificationsController } from './portal-notifications.controller.js';
import { PortalPreferencesController } from './portal-preferences.controller.js';

/** What a portal user was told, and how they want to be told. */
@Module({
  imports: [PortalAccessModule, InboxModule],
  controllers: [PortalPreferencesController, PortalNotificationsController],
})
export class PortalNotificationsModule {}
