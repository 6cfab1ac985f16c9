import { type ApiKey, keyHeaders, type OAuthClient, Operator } from '../support/operator.js';
import { PeopleApi } from '../support/people-api.js';
import type { Portico } from '../support/portico.js';

export type Headers = Readonly<Record<string, string>>;

/** What the administrator's calls are made with. */
export interface Credentials {
  readonly key: string;
  readonly secret: string;
  readonly firm: Headers;
  readonly portalToken: string;
}

interface Client {
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
}

/** Makes users over HTTP and their credentials as an operator does. */
export class Issuer {
  readonly headers: Headers;
  readonly given: Credentials;
  private readonly operator: Operator;
  private readonly people: PeopleApi;
  /** By what they may do, as many callers use the same. */
  private readonly clients = new Map<string, Promise<OAuthClient>>();

  constructor(
    private readonly server: Portico,
    portalToken: string,
  ) {
    const { key, secret, firmId } = server.credentials;
    this.headers = server.headers;
    this.given = { key, secret, firm: { 'Addepar-Firm': firmId }, portalToken };
    this.operator = new Operator(server);
    this.people = PeopleApi.of(server);
  }

  async administratorOf(firm: string): Promise<Headers> {
    const { apiKey, firmId } = await this.operator.firm(firm);
    return keyHeaders(apiKey, firmId);
  }

  async key(permissions: readonly string[], allData: boolean): Promise<Headers> {
    return this.headersWith(await this.operator.apiKey(await this.user(permissions, allData)));
  }

  async revokedKey(permissions: readonly string[]): Promise<Headers> {
    const key = await this.operator.apiKey(await this.user(permissions));
    await this.operator.revoke('api-key', key.key);
    return this.headersWith(key);
  }

  /** A token for a user who sees all data; without `scope`, with all scopes of the client. */
  async token(client: Client, scope?: string): Promise<string> {
    const name = JSON.stringify(client);
    const made = this.clients.get(name) ?? this.client(client);
    this.clients.set(name, made);
    return this.operator.token(await made, scope);
  }

  async tokenOfRevoked(client: Client): Promise<string> {
    const passing = await this.client(client);
    const token = await this.operator.token(passing);
    await this.operator.revoke('oauth-client', passing.clientId);
    return token;
  }

  private async client({ permissions, scopes }: Client): Promise<OAuthClient> {
    return this.operator.oauthClient(await this.user(permissions), scopes);
  }

  /** The address of a new user. */
  private async user(permissions: readonly string[], allData = true): Promise<string> {
    const { attributes } = await this.people.user({ permissions, all_data_access: allData });
    return String(attributes['email']);
  }

  private headersWith(key: ApiKey): Headers {
    return keyHeaders(key, this.server.credentials.firmId);
  }
}
