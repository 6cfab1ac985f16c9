import type { AdapterPayload } from 'oidc-provider';
import { isUuid, type Scope, type UserId } from '@portico/domain/kernel';
import { API_AUDIENCE } from '../../platform/config/issuer-config.js';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { standsOnPassword } from '../sessions/session.sql.js';
import { PartialAdapter } from './oidc-adapter.js';
import { OPENID_SCOPES, spelled } from './scopes.js';

interface GrantRow {
  client_id: string;
  user_id: UserId;
  scopes: Scope[];
  given_at: Date;
  expires_at: Date;
}

const FIND = statement(`
  select g.client_id, g.user_id, g.scopes, g.given_at, g.expires_at
  from oauth_grants g join users u on u.firm_id = g.firm_id and u.id = g.user_id
  where g.id = $1 and g.given_at is not null and g.revoked_at is null and g.expires_at > now()
    and ${standsOnPassword('g', 'u')}`);

/** Grants are ours: given on our page of consent. The server ends them. */
export class OidcGrantAdapter extends PartialAdapter {
  constructor(
    private readonly database: Database,
    private readonly endGrant: (grantId: string) => Promise<void>,
  ) {
    super();
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.database.query<GrantRow>(FIND, [id]);
    if (!row) return undefined;
    const scopes = spelled(row.scopes);
    return {
      ...{ kind: 'Grant', jti: id, iat: seconds(row.given_at), exp: seconds(row.expires_at) },
      ...{ accountId: row.user_id, clientId: row.client_id },
      resources: { [API_AUDIENCE]: scopes.join(' ') },
      openid: { scope: [...OPENID_SCOPES, ...scopes].join(' ') }, // the server takes all scopes that it knows for these
    };
  }

  override async destroy(id: string): Promise<void> {
    await this.endGrant(id);
  }
}

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);
