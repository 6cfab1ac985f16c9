import Provider, { type Adapter } from 'oidc-provider';
import type { EndGrant } from '@portico/domain/identity';
import type { Origin } from '@portico/domain/kernel';
import type { SecretKey } from '../../platform/config/secret-key.js';
import type { Database } from '../../platform/database/database.js';
import { addressOf } from '../../platform/http/caller-address.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import type { CredentialCache } from '../credential-cache.js';
import type { PrincipalQueries } from '../principal-queries.js';
import { ForgetfulAdapter, OidcAdapter } from './oidc-adapter.js';
import { OidcClientAdapter } from './oidc-client-adapter.js';
import { OidcGrantAdapter } from './oidc-grant-adapter.js';

/** Where the authorization server keeps what: clients and grants are ours, sessions are not kept at all. */
export class OidcAdapters {
  constructor(
    private readonly database: Database,
    private readonly principals: PrincipalQueries,
    private readonly secretKey: SecretKey,
    private readonly endGrant: EndGrant,
    private readonly credentials: CredentialCache,
  ) {}

  of(kind: string): Adapter {
    const end = (grantId: string) => this.end(grantId);
    if (kind === 'Client') return new OidcClientAdapter(this.principals);
    if (kind === 'Grant') return new OidcGrantAdapter(this.database, end);
    if (kind === 'Session') return new ForgetfulAdapter();
    return new OidcAdapter(kind, this.database, this.secretKey, end);
  }

  /** The server ends a grant when its client revokes it, and when a code or refresh token comes a second time. */
  private async end(id: string): Promise<void> {
    const { ctx } = Provider;
    const end = ctx?.oidc.route === 'revocation' ? 'revoked' : 'reuse_refused';
    await this.endGrant.execute(originOf(ctx?.req as ObservedRequest | undefined), { id, end });
    this.credentials.forget(); // other instances are told by the database; here the next call must know already
  }
}

function originOf(request: ObservedRequest | undefined): Origin {
  return { requestId: request?.requestId ?? 'none', address: request ? addressOf(request) : null };
}
