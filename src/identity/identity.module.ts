import { Module } from '@nestjs/common';
import {
  CreateFirm,
  CreateUser,
  CredentialRepository,
  DataAccess,
  FirmRepository,
  IssueCredential,
  PasswordHasher,
  RevokeCredential,
  SecretHasher,
  UserRepository,
} from '@portico/domain/identity';
import { History } from '@portico/domain/history';
import { Clock, Random, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';
import { FoundFirm } from './found-firm.js';
import { KeyedSecretHasher } from './keyed-secret-hasher.js';
import { MikroOrmCredentialRepository } from './mikro-orm-credential-repository.js';
import { MikroOrmFirmRepository } from './mikro-orm-firm-repository.js';
import { MikroOrmUserRepository } from './mikro-orm-user-repository.js';
import { SqlDataAccess } from './sql-data-access.js';

/** Firms, users and their credentials. */
@Module({
  imports: [HistoryModule],
  providers: [
    bind(FirmRepository, MikroOrmFirmRepository, Database),
    bind(UserRepository, MikroOrmUserRepository, Database),
    bind(CredentialRepository, MikroOrmCredentialRepository, Database),
    bind(DataAccess, SqlDataAccess, Database),
    bind(PasswordHasher, Argon2PasswordHasher),
    bind(SecretHasher, KeyedSecretHasher, SecretKey),
    provide(CreateFirm, FirmRepository, History, UnitOfWork, Clock),
    provide(CreateUser, UserRepository, DataAccess, PasswordHasher, History, UnitOfWork, Clock),
    provide(IssueCredential, CredentialRepository, SecretHasher, Random, History, UnitOfWork, Clock),
    provide(RevokeCredential, CredentialRepository, History, UnitOfWork, Clock),
    provide(FoundFirm, CreateFirm, CreateUser, IssueCredential, Random, UnitOfWork),
  ],
  exports: [
    CreateUser,
    IssueCredential,
    RevokeCredential,
    FoundFirm,
    FirmRepository,
    UserRepository,
    CredentialRepository,
    DataAccess,
    PasswordHasher,
  ],
})
export class IdentityModule {}

export { FoundFirm, type FoundedFirm } from './found-firm.js';
export { requireRightKey } from './key-check.js';
export { UserMapping } from './user.mapping.js';
