import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import Provider from 'oidc-provider';
import type { Logger } from 'pino';
import { Clock } from '@portico/domain/kernel';
import { Authenticator } from '../platform/access/authenticator.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { LOGGER } from '../platform/observability/logger.js';
import { bind, provide } from '../platform/wiring.js';
import { createAuthorizationServer } from './authorization-server.js';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { CredentialCache } from './credential-cache.js';
import { PrincipalQueries } from './principal-queries.js';
import { SigningKeys } from './signing-keys.js';
import { TokenVerifier } from './token-verifier.js';

/** Who calls: API keys, and the authorization server with the tokens it issues. */
@Module({
  providers: [
    provide(PrincipalQueries, Database),
    provide(SigningKeys, Database, Clock, SecretKey),
    {
      provide: CredentialCache,
      inject: [Database, LOGGER],
      useFactory: (database: Database, logger: Logger) => new CredentialCache(database.url, logger),
    },
    {
      provide: TokenVerifier,
      inject: [CONFIG, SigningKeys, PrincipalQueries],
      useFactory: async (config: Config, keys: SigningKeys, principals: PrincipalQueries) =>
        new TokenVerifier(config.publicUrl, await keys.signingKeys(), principals),
    },
    {
      provide: Provider,
      inject: [CONFIG, SigningKeys, Database, PrincipalQueries, SecretKey, LOGGER],
      useFactory: (
        config: Config,
        keys: SigningKeys,
        database: Database,
        principals: PrincipalQueries,
        secretKey: SecretKey,
        logger: Logger,
      ) => createAuthorizationServer(config.publicUrl, keys, database, principals, secretKey, logger),
    },
    bind(Authenticator, CredentialAuthenticator, CredentialCache, PrincipalQueries, TokenVerifier, SecretKey, Clock),
  ],
  exports: [Authenticator, CredentialCache, Provider],
})
export class AuthenticationModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(CredentialCache) private readonly cache: CredentialCache) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.cache.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.cache.stop();
  }
}

export { CredentialCache } from './credential-cache.js';
export { serveOAuth } from './oauth.middleware.js';
