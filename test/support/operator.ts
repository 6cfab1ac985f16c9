import { randomUUID } from 'node:crypto';
import { FilesApi } from './files-api.js';
import { basic, type Portico } from './portico.js';

export interface ApiKey {
  readonly key: string;
  readonly secret: string;
}

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A user with the password that was made for them. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

interface Founded {
  readonly firmId: string;
  readonly apiKey: ApiKey;
  readonly portalToken: string;
}

interface UserOptions {
  readonly permissions?: readonly string[];
  readonly allData?: boolean;
  readonly firm?: string;
  readonly entities?: readonly string[];
  readonly groups?: readonly string[];
}

/** Makes firms, users and credentials as an operator does: with the command line, while the server runs. */
export class Operator {
  constructor(private readonly server: Portico) {}

  firm(name: string): Promise<Founded> {
    return this.run('firm', 'create', '--name', name);
  }

  /** A new user; answers the e-mail address, which names them in other commands. */
  async user(options: UserOptions): Promise<string> {
    return (await this.person(options)).email;
  }

  /** A new user who can sign in. */
  person(options: UserOptions): Promise<Person> {
    const { permissions = [], allData = false, firm = this.firmId, entities = [], groups = [] } = options;
    const email = `${randomUUID()}@example.test`;
    const granted = permissions.length > 0 ? ['--permissions', permissions.join(',')] : [];
    const data = [
      ...(allData ? ['--all-data'] : []),
      ...(entities.length > 0 ? ['--entities', entities.join(',')] : []),
      ...(groups.length > 0 ? ['--groups', groups.join(',')] : []),
    ];
    return this.run('user', 'create', '--firm', firm, '--email', email, '--name', email, ...granted, ...data);
  }

  apiKey(user: string, firm = this.firmId): Promise<ApiKey> {
    return this.run('api-key', 'create', '--firm', firm, '--user', user);
  }

  oauthClient(user: string, scopes: readonly string[], firm = this.firmId): Promise<OAuthClient> {
    return this.run('oauth-client', 'create', '--firm', firm, '--user', user, '--scopes', scopes.join(','));
  }

  /** A client for which people sign in; a public one has no secret. */
  clientForPeople(
    user: string,
    options: { scopes: readonly string[]; redirectUris: readonly string[]; name?: string; isPublic?: boolean },
  ): Promise<{ clientId: string; clientSecret: string | null }> {
    const { scopes, redirectUris, name, isPublic = false } = options;
    const more = [...(name === undefined ? [] : ['--name', name]), ...(isPublic ? ['--public'] : [])];
    const given = ['--firm', this.firmId, '--user', user, '--scopes', scopes.join(',')];
    return this.run('oauth-client', 'create', ...given, '--redirect-uri', redirectUris.join(','), ...more);
  }

  async revoke(kind: 'api-key' | 'oauth-client' | 'portal-token', id: string): Promise<void> {
    await this.run(kind, 'revoke', id);
  }

  /** The Files API as a new user with these permissions sees it. */
  async apiOf(options: UserOptions): Promise<FilesApi> {
    return new FilesApi(this.server.url, keyHeaders(await this.apiKey(await this.user(options)), this.firmId));
  }

  /** An access token; without `scope`, with all that the client has. */
  async token({ clientId, clientSecret }: OAuthClient, scope?: string): Promise<string> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
    const headers = { Authorization: basic(clientId, clientSecret) };
    const answer = await fetch(`${this.server.url}/oauth2/token`, { method: 'POST', headers, body });
    if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  private get firmId(): string {
    return this.server.credentials.firmId;
  }

  private async run<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.server.operate(...args, '--json');
    if (code !== 0) throw new Error(`portico ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }
}

/** The headers of a call with an API key. */
export function keyHeaders({ key, secret }: ApiKey, firm: string): { Authorization: string; 'Addepar-Firm': string } {
  return { Authorization: basic(key, secret), 'Addepar-Firm': firm };
}
