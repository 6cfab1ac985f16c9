import { Module } from '@nestjs/common';
import { CheckPassword, EndGrant, GiveGrant, OAuthGrantRepository, SignInForClient } from '@portico/domain/identity';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../../history/history.module.js';
import { Database } from '../../platform/database/database.js';
import { provide } from '../../platform/wiring.js';
import { AuthenticationModule } from '../authentication.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { InteractionQueries } from './interaction-queries.js';
import { InteractionsController } from './interactions.controller.js';

/** Where people sign in for a client, and consent. */
@Module({
  imports: [AuthenticationModule, HistoryModule, SessionsModule],
  controllers: [InteractionsController],
  providers: [
    provide(InteractionQueries, Database),
    provide(SignInForClient, CheckPassword, OAuthGrantRepository, History, UnitOfWork, Random, Clock),
    provide(GiveGrant, OAuthGrantRepository, History, UnitOfWork, Clock),
    provide(EndGrant, OAuthGrantRepository, History, UnitOfWork, Clock),
  ],
})
export class InteractionsModule {}
