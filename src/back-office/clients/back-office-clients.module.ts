import { Module } from '@nestjs/common';
import { ClientsModule } from '../../directory/clients.module.js';
import { ClientsController } from './clients.controller.js';

/** The routes about the companies that the firm serves. */
@Module({ imports: [ClientsModule], controllers: [ClientsController] })
export class BackOfficeClientsModule {}
