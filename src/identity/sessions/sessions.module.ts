import { Module } from '@nestjs/common';
import {
  CheckPassword,
  PasswordHasher,
  RefreshSession,
  SecretHasher,
  SessionRepository,
  SessionTokenMint,
  SignIn,
  SignInFailures,
  SignOut,
} from '@portico/domain/identity';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../../history/history.module.js';
import { SecretKey } from '../../platform/config/secret-key.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { AuthenticationModule } from '../authentication.module.js';
import { IdentityModule } from '../identity.module.js';
import { KeyedSecretHasher } from '../keyed-secret-hasher.js';
import { SessionsController } from './sessions.controller.js';
import { SqlSessionRepository } from './sql-session-repository.js';
import { SqlSignInFailures } from './sql-sign-in-failures.js';

/** Sessions of the Back Office. */
@Module({
  imports: [AuthenticationModule, HistoryModule, IdentityModule],
  controllers: [SessionsController],
  providers: [
    bind(SecretHasher, KeyedSecretHasher, SecretKey),
    bind(SessionRepository, SqlSessionRepository, Database),
    bind(SignInFailures, SqlSignInFailures, Database),
    provide(SessionTokenMint, SecretHasher, Random, Clock),
    provide(CheckPassword, SessionRepository, SignInFailures, PasswordHasher, Clock),
    provide(SignIn, CheckPassword, SessionRepository, SessionTokenMint, History, UnitOfWork),
    provide(RefreshSession, SessionRepository, SessionTokenMint, History, UnitOfWork, Clock),
    provide(SignOut, SessionRepository, History, UnitOfWork, Clock),
  ],
  exports: [CheckPassword],
})
export class SessionsModule {}
