import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../../identity/authentication.module.js';
import { IdentityModule } from '../../identity/identity.module.js';
import { UsersModule } from '../../identity/users.module.js';
import { BackOfficeUsersController } from './users.controller.js';

/** The routes about the firm's staff. */
@Module({ imports: [AuthenticationModule, IdentityModule, UsersModule], controllers: [BackOfficeUsersController] })
export class BackOfficeUsersModule {}
