import { BackOfficeApi, PASSWORD, type Session, staff } from '../support/back-office-api.js';
import { Operator } from '../support/operator.js';
import { PeopleApi } from '../support/people-api.js';
import type { Portico } from '../support/portico.js';
import { sqlOn } from '../support/server-database.js';
import type { Headers } from './issuer.js';

/** One column of the matrix: how they stand is known before there is a server, as tests are declared before they run. */
export interface BackOfficeCaller {
  readonly name: string;
  /** Whether it is a session that stands. */
  readonly identified: boolean;
  readonly permissions: readonly string[];
  /** Whether the data of the first firm are theirs to see. */
  readonly sees: boolean;
  readonly headers: (cast: BackOfficeCast) => Headers | Promise<Headers>;
}

/** Makes the credentials that the callers bear. */
export class BackOfficeCast {
  private readonly api: BackOfficeApi;

  constructor(
    readonly server: Portico,
    readonly portalToken: string,
  ) {
    this.api = new BackOfficeApi(server.url);
  }

  /** A session of a new user. */
  async session(permissions: readonly string[]): Promise<Session> {
    return this.api.session({ email: await staff(this.server, { permissions }), password: PASSWORD });
  }

  async refreshed({ refreshToken }: Session): Promise<Session> {
    const answer = await this.api.send('post', '/refresh', { refreshToken: refreshToken.token });
    return answer.body as Session;
  }

  /** A session of a user who loses `back_office` after the sign-in: nobody signs in without it. */
  async demoted(permissions: readonly string[]): Promise<Session> {
    const people = PeopleApi.of(this.server);
    const { id, attributes } = await people.user({
      ...{ password: PASSWORD, all_data_access: true, permissions: ['back_office', ...permissions] },
    });
    const session = await this.api.session({ email: attributes['email'], password: PASSWORD });
    await people.patch('users', id, { permissions }).expect(200);
    return session;
  }

  async withNewPassword(): Promise<Session> {
    const people = PeopleApi.of(this.server);
    const { id, attributes } = await people.user({ password: PASSWORD, permissions: ['firm_admin'] });
    const session = await this.api.session({ email: attributes['email'], password: PASSWORD });
    await people.patch('users', id, { password: 'another password here' }).expect(200);
    return session;
  }

  async expired(): Promise<Session> {
    const session = await this.session(['firm_admin']);
    const moments = `created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'`;
    const newest = 'select token_hash from session_tokens order by created_at desc limit 2';
    await sqlOn(this.server, `update session_tokens set ${moments} where token_hash in (${newest})`);
    return session;
  }

  async signedOut(): Promise<Session> {
    const session = await this.session(['firm_admin']);
    await new BackOfficeApi(this.server.url, bearing(session.accessToken.token)).call('post', '/signout').expect(204);
    return session;
  }

  /** A session that has ended because a used refresh token came back. */
  async stolen(): Promise<Session> {
    const first = await this.session(['firm_admin']);
    const second = await this.refreshed(first);
    await this.refreshed(first);
    return second;
  }

  async oauthToken(): Promise<string> {
    const operator = new Operator(this.server);
    const client = await operator.oauthClient(await operator.user({ permissions: ['firm_admin'] }), ['FILES_WRITE']);
    return operator.token(client);
  }
}

const bearing = (token: string): Headers => ({ Authorization: `Bearer ${token}` });
const accessOf = async (session: Promise<Session>): Promise<Headers> => bearing((await session).accessToken.token);

export const ADMINISTRATOR = 'the administrator';
export const OTHER_ADMINISTRATOR = 'the administrator of another firm';

/** Every kind of caller; `all` is what any operation needs. */
export function backOfficeCallers(all: readonly string[]): readonly BackOfficeCaller[] {
  const others = all.filter((permission) => permission !== 'back_office');
  const no = (name: string, headers: BackOfficeCaller['headers']): BackOfficeCaller => ({
    ...{ name, headers, identified: false, permissions: [], sees: false },
  });
  const session = (name: string, permissions: readonly string[]): BackOfficeCaller => ({
    ...{ name, permissions, identified: true, sees: true },
    headers: (cast) => accessOf(cast.session(permissions)),
  });
  return [
    no('nobody', () => ({})),
    no('a made-up token', () => bearing('a-made-up-token-of-the-back-office')),
    no('the API key of the administrator', ({ server }) => server.headers),
    no('the portal worker', ({ portalToken }) => bearing(portalToken)),
    no('an OAuth token of an administrator', async (cast) => bearing(await cast.oauthToken())),
    no('a refresh token', async (cast) => bearing((await cast.session(['firm_admin'])).refreshToken.token)),
    no('a session with Basic', async (cast) => {
      const { accessToken } = await cast.session(['firm_admin']);
      return { Authorization: `Basic ${Buffer.from(`session:${accessToken.token}`).toString('base64')}` };
    }),
    no('a session with the header of another firm', async (cast) => ({
      ...(await accessOf(cast.session(['firm_admin']))),
      'Addepar-Firm': '999999',
    })),
    no('an expired session', (cast) => accessOf(cast.expired())),
    no('a session that has signed out', (cast) => accessOf(cast.signedOut())),
    no('a session of which a used refresh token came back', (cast) => accessOf(cast.stolen())),
    no('a session of a user with a new password', (cast) => accessOf(cast.withNewPassword())),
    session(ADMINISTRATOR, ['firm_admin']),
    session('a session with all permissions', all),
    session('a session with back_office alone', ['back_office']),
    { ...session('a session without back_office', others), headers: (cast) => accessOf(cast.demoted(others)) },
    ...others.map((permission) => session(`a session without ${permission}`, without(all, permission))),
    {
      ...{ name: OTHER_ADMINISTRATOR, identified: true, permissions: ['firm_admin'], sees: false },
      headers: async ({ server }) => (await BackOfficeApi.ofAnotherFirm(server)).headers,
    },
  ];
}

/** Without the permission, and without those that include it. */
function without(permissions: readonly string[], permission: string): string[] {
  const including: Readonly<Record<string, string>> = { files_view: 'files_edit' };
  return permissions.filter((other) => other !== permission && other !== including[permission]);
}
