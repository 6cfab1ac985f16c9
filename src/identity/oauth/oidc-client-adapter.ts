import type { AdapterPayload } from 'oidc-provider';
import { isLoopback } from '@portico/domain/identity';
import type { OAuthClient, PrincipalQueries } from '../principal-queries.js';
import { PartialAdapter } from './oidc-adapter.js';
import { spelled } from './scopes.js';

/** The clients are ours: made by the operator, kept with the other credentials, never changed by the server. */
export class OidcClientAdapter extends PartialAdapter {
  constructor(private readonly principals: PrincipalQueries) {
    super();
  }

  async find(clientId: string): Promise<AdapterPayload | undefined> {
    const client = await this.principals.findByOAuthClient(clientId);
    if (!client) return undefined;
    const { principal, redirectUris, secretHash } = client;
    const forPeople = redirectUris.length > 0;
    return {
      client_id: clientId,
      ...(secretHash && { client_secret: secretHash.toString('hex') }),
      ...(forPeople && { response_modes: ['query'] }),
      token_endpoint_auth_method: secretHash ? 'client_secret_basic' : 'none',
      grant_types: grantTypes(client),
      response_types: forPeople ? ['code'] : [],
      redirect_uris: [...redirectUris],
      // a program on a person's machine takes whichever port is free (RFC 8252, section 7.3)
      application_type: !secretHash && redirectUris.every(isLoopback) ? 'native' : 'web',
      scope: [...spelled(principal.scopes ?? []), ...(forPeople ? ['openid', 'offline_access'] : [])].join(' '),
    };
  }
}

function grantTypes({ redirectUris, secretHash }: OAuthClient): string[] {
  return [
    ...(secretHash ? ['client_credentials'] : []),
    ...(redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : []),
  ];
}
