import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../connections/connections.module.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalConnectionsController } from './portal-connections.controller.js';

/** The platforms that a client has connected. */
@Module({ imports: [PortalAccessModule, ConnectionsModule], controllers: [PortalConnectionsController] })
export class PortalConnectionsModule {}
