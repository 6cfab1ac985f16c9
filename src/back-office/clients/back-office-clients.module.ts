import { Module } from '@nestjs/common';
import { ClientsModule } from '../../directory/clients.module.js';
import { ClientsController } from './clients.controller.js';

/** The routes about the companies that the firm serves. */
@Module({ imports: [ClientsModule], controllers: [ClientsController] })
export class BackOfficeClientsModule {}

// What other modules may use of this one.
export { ClientRowBody } from './client-body.dto.js';
export { CLIENT_NAMES, clientIn } from './client.presenter.js';
