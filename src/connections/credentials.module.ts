import { Module } from '@nestjs/common';
import { ConnectionRepository, CredentialVault, RotateKeys } from '@portico/domain/connections';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';
import { bind, provide } from '../platform/wiring.js';
import { MikroOrmConnectionRepository } from './mikro-orm-connection-repository.js';
import { SealingKeys } from './sealing-keys.js';
import { SqlCredentialVault } from './sql-credential-vault.js';

/** The connections and what opens them, without anyone who speaks with platforms: what the command line needs too. */
@Module({
  imports: [HistoryModule],
  providers: [
    provide(Statements, Database),
    provide(SealingKeys, SecretKey, Statements, Clock),
    bind(CredentialVault, SqlCredentialVault, SealingKeys, Statements),
    bind(ConnectionRepository, MikroOrmConnectionRepository, Database),
    provide(RotateKeys, ConnectionRepository, CredentialVault, History, UnitOfWork),
  ],
  exports: [ConnectionRepository, CredentialVault, RotateKeys, Statements],
})
export class CredentialsModule {}

// What other modules may use of this one.
export { ConnectionMapping } from './connection.mapping.js';
