import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../connections/connections.module.js';
import { ConnectionsController } from './connections.controller.js';

/** The routes about the connections of clients to platforms. */
@Module({ imports: [ConnectionsModule], controllers: [ConnectionsController] })
export class BackOfficeConnectionsModule {}
