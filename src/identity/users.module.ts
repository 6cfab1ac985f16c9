import { Module } from '@nestjs/common';
import { ChangeUser, DataAccess, PasswordHasher, UserQueries, UserRepository } from '@portico/domain/identity';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { AuthenticationModule } from './authentication.module.js';
import { IdentityModule } from './identity.module.js';
import { SqlUserQueries } from './sql-user-queries.js';
import { UsersController } from './users.controller.js';

/** The routes about the firm's staff. */
@Module({
  imports: [AuthenticationModule, HistoryModule, IdentityModule],
  controllers: [UsersController],
  providers: [
    bind(UserQueries, SqlUserQueries, Database),
    provide(ChangeUser, UserRepository, DataAccess, PasswordHasher, History, UnitOfWork, Clock),
  ],
  exports: [ChangeUser, UserQueries],
})
export class UsersModule {}
