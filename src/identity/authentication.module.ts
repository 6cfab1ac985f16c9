import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import Provider from 'oidc-provider';
import type { Logger } from 'pino';
import { EndGrant, OAuthGrantRepository } from '@portico/domain/identity';
import { History } from '@portico/domain/history';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { Authenticator } from '../platform/access/authenticator.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { LOGGER } from '../platform/observability/logger.js';
import { bind, provide } from '../platform/wiring.js';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { CredentialCache } from './credential-cache.js';
import { createAuthorizationServer } from './oauth/authorization-server.js';
import { ForgetAuthorizations } from './oauth/forget-authorizations.js';
import { OidcAdapters } from './oauth/oidc-adapters.js';
import { OwnTokenVerifier } from './oauth/own-token-verifier.js';
import { SigningKeys } from './oauth/signing-keys.js';
import { SqlOAuthGrantRepository } from './oauth/sql-oauth-grant-repository.js';
import { IssuerKeys } from './outside-issuer/issuer-keys.js';
import { OutsideTokenVerifier } from './outside-issuer/outside-token-verifier.js';
import { PrincipalQueries } from './principal-queries.js';
import { TokenVerifier } from './token-verifier.js';

/** Who calls: API keys, and the authorization server with the tokens it issues, or an outside issuer in its place. */
@Module({
  imports: [HistoryModule],
  providers: [
    provide(PrincipalQueries, Database),
    provide(SigningKeys, Database, Clock, SecretKey),
    bind(OAuthGrantRepository, SqlOAuthGrantRepository, Database),
    provide(EndGrant, OAuthGrantRepository, History, UnitOfWork, Clock),
    provide(OidcAdapters, Database, PrincipalQueries, SecretKey, EndGrant, CredentialCache),
    {
      provide: CredentialCache,
      inject: [Database, LOGGER],
      useFactory: (database: Database, logger: Logger) => new CredentialCache(database.url, logger),
    },
    {
      provide: IssuerKeys,
      inject: [CONFIG, LOGGER],
      useFactory: ({ issuer }: Config, logger: Logger) => issuer && new IssuerKeys(issuer.url, logger),
    },
    {
      provide: TokenVerifier,
      inject: [CONFIG, IssuerKeys, SigningKeys, PrincipalQueries],
      useFactory: async (
        { issuer, publicUrl }: Config,
        outside: IssuerKeys | null,
        own: SigningKeys,
        principals: PrincipalQueries,
      ) =>
        issuer && outside
          ? new OutsideTokenVerifier(issuer, outside.keyFor, principals)
          : new OwnTokenVerifier(publicUrl, await own.signingKeys(), principals),
    },
    {
      provide: Provider,
      inject: [CONFIG, SigningKeys, OidcAdapters, PrincipalQueries, SecretKey, LOGGER],
      useFactory: (
        { issuer, publicUrl }: Config,
        keys: SigningKeys,
        adapters: OidcAdapters,
        principals: PrincipalQueries,
        secretKey: SecretKey,
        logger: Logger,
      ) =>
        issuer
          ? null
          : createAuthorizationServer({
              ...{ issuer: publicUrl, keys, principals, secretKey, logger },
              adapterOf: (kind) => adapters.of(kind),
            }),
    },
    {
      provide: ForgetAuthorizations,
      inject: [Database, LOGGER],
      useFactory: (database: Database, logger: Logger) => new ForgetAuthorizations(database, logger),
    },
    bind(Authenticator, CredentialAuthenticator, CredentialCache, PrincipalQueries, TokenVerifier, SecretKey, Clock),
  ],
  exports: [Authenticator, CredentialCache, EndGrant, OAuthGrantRepository, Provider],
})
export class AuthenticationModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(CredentialCache) private readonly cache: CredentialCache,
    @Inject(IssuerKeys) private readonly issuerKeys: IssuerKeys | null,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    void this.issuerKeys?.look(); // that it does not answer is no reason not to start
    await this.cache.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.cache.stop(), this.issuerKeys?.close()]);
  }
}

export { CredentialCache } from './credential-cache.js';
export { serveOAuth } from './oauth/oauth.middleware.js';
