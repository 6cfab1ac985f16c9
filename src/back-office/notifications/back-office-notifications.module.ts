import { Module } from '@nestjs/common';
import { InboxModule } from '../../notifications/inbox.module.js';
import { StaffNotificationsController } from './staff-notifications.controller.js';

/** What the users of the Back Office were told. */
@Module({ imports: [InboxModule], controllers: [StaffNotificationsController] })
export class BackOfficeNotificationsModule {}
