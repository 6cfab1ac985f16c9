import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BackOfficeApi,
  expectProblem,
  PASSWORD,
  type Session,
  staff,
  type Token,
} from '../../support/back-office-api.js';
import { Operator } from '../../support/operator.js';
import { PeopleApi } from '../../support/people-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { sqlOn } from '../../support/server-database.js';

const PORTAL_TOKEN = 'portal-token-of-the-back-office';
let server: PorticoServer;
let api: BackOfficeApi;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN } });
  api = new BackOfficeApi(server.url);
});
afterAll(() => server.dispose());

const bearing = (token: string) => new BackOfficeApi(server.url, { Authorization: `Bearer ${token}` });
const refresh = (refreshToken: string) => api.send('post', '/refresh', { refreshToken });
const refreshed = async ({ refreshToken }: Session) =>
  (await api.expecting(200, refresh(refreshToken.token))) as Session;
/** Whether the access token still opens the Back Office. */
const statusOf = async ({ accessToken }: Session) => (await bearing(accessToken.token).get('/clients')).status;
const lifetime = ({ createdAt, expiresAt }: Token) => (Date.parse(expiresAt) - Date.parse(createdAt)) / 60_000;
const signIn = (email: string, password: string, more: object = {}) =>
  api.send('post', '/signin', { email, password, ...more });
const aUser = (attributes: object = {}) => staff(server, { permissions: ['back_office'], ...attributes });

describe('Signing in', () => {
  it('answers two tokens: one for an hour, one for thirty days', async () => {
    const email = await aUser();
    const answer = await signIn(email.toUpperCase(), PASSWORD).expect(200);
    expect(answer.headers['content-type']).toBe('application/json');
    const session = answer.body as Session;
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const token = { token: expect.stringMatching(/^\w{40,}$/), createdAt: instant, expiresAt: instant };
    expect(session).toEqual({ '2faRequired': false, accessToken: token, refreshToken: token });
    expect([lifetime(session.accessToken), lifetime(session.refreshToken)]).toEqual([60, 30 * 24 * 60]);
    expect(await statusOf(session)).toBe(200);
  });

  it('keeps no token as it is', async () => {
    const { accessToken, refreshToken } = await api.session({ email: await aUser(), password: PASSWORD });
    const rows = await sqlOn(server, 'select * from session_tokens', []);
    for (const { token } of [accessToken, refreshToken]) expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    const known = await signIn(await aUser(), 'wrong horse battery');
    const unknown = await signIn('nobody@example.test', PASSWORD);
    expectProblem(known, 401, 'sign_in_refused');
    expectProblem(unknown, 401, 'sign_in_refused');
    const told = ({ body }: { body: unknown }) => ({ ...(body as object), requestId: '' });
    expect(told(unknown)).toEqual(told(known));
    expect(unknown.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('refuses a user without back_office, but only one with the right password', async () => {
    const email = await aUser({ permissions: ['files_view'] });
    expectProblem(await signIn(email, PASSWORD), 403, 'missing_permission');
    expectProblem(await signIn(email, 'wrong horse battery'), 401, 'sign_in_refused');
  });

  it.each<[string, unknown, string, string]>([
    ['no body', undefined, 'invalid_body', ''],
    ['no password', { email: 'a@example.test' }, 'invalid_value', 'password'],
    ['a number as password', { email: 'a@example.test', password: 5 }, 'invalid_value', 'password'],
    ['no address', { email: 'abc', password: 'x' }, 'invalid_email', 'email'],
    ['something unknown', { email: 'a@example.test', password: 'x', code: '1' }, 'unknown_member', 'code'],
    ['a firm that can not be', { email: 'a@example.test', password: 'x', firmId: 'x' }, 'invalid_value', 'firmId'],
  ])('refuses %s with 400', async (_says, body, code, field) => {
    const answer = await api.send('post', '/signin', body);
    expectProblem(answer, 400, code, field === '' ? undefined : [{ field }]);
  });

  it('blocks an address for a minute after five failures in a minute, whoever tries', async () => {
    const email = await aUser();
    for (let tries = 0; tries < 5; tries++) expectProblem(await signIn(email, 'wrong'), 401, 'sign_in_refused');
    const blocked = await signIn(email, PASSWORD);
    expectProblem(blocked, 429, 'sign_in_blocked');
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(blocked.headers['retry-after'])).toBeLessThanOrEqual(60);
    await api.session({ email: await aUser(), password: PASSWORD });
    await sqlOn(server, `update sign_in_failures set blocked_until = now() - interval '1 second'`, []);
    await api.session({ email, password: PASSWORD });
  });

  it('blocks an unknown address likewise, and tells no more than five of many who try at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('none@example.test', 'wrong')));
    const told = answers.filter(({ status }) => status === 401).length;
    expect(told).toBe(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('does not block for the failures of long ago', async () => {
    const email = await aUser();
    for (let tries = 0; tries < 4; tries++) expectProblem(await signIn(email, 'wrong'), 401, 'sign_in_refused');
    const older = `update sign_in_failures set failed_at = array(select at - interval '61 seconds' from unnest(failed_at) at)`;
    await sqlOn(server, `${older} where address = $1`, [email]);
    for (let tries = 0; tries < 4; tries++) expectProblem(await signIn(email, 'wrong'), 401, 'sign_in_refused');
    await api.session({ email, password: PASSWORD });
  });

  it('finds the firm by the password, and asks for it where it does not tell', async () => {
    const { firmId } = await new Operator(server).firm('Second');
    const email = await aUser();
    const made = (password: string, firm: string) =>
      server.command(
        ...['user', 'create', '--firm', firm, '--email', email, '--name', 'Two', '--password', password],
        ...['--permissions', 'back_office', '--json'],
      );
    await made('another password here', firmId);
    expect(await statusOf(await api.session({ email, password: 'another password here' }))).toBe(200);
    const { firmId: third } = await new Operator(server).firm('Third');
    await made(PASSWORD, third);
    expectProblem(await signIn(email, PASSWORD), 400, 'firm_required', [{ field: 'firmId' }]);
    await api.session({ email, password: PASSWORD, firmId: Number(third) });
    expectProblem(await signIn(email, PASSWORD, { firmId: Number(firmId) }), 401, 'sign_in_refused');
  });
});

describe('Staying signed in', () => {
  it('changes a refresh token for the next two, once', async () => {
    const first = await api.session({ email: await aUser(), password: PASSWORD });
    const second = await refreshed(first);
    const third = await refreshed(second);
    expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([200, 200, 200]);
  });

  it('ends the whole session when a used token comes back', async () => {
    const other = await api.session({ email: await aUser(), password: PASSWORD });
    const first = await api.session({ email: await aUser(), password: PASSWORD });
    const second = await refreshed(first);
    expectProblem(await refresh(first.refreshToken.token), 401, 'refresh_token_invalid');
    expectProblem(await refresh(second.refreshToken.token), 401, 'refresh_token_invalid');
    expect([await statusOf(first), await statusOf(second), await statusOf(other)]).toEqual([401, 401, 200]);
    const rows = await sqlOn(server, `select action from history where action = 'session.reuse_refused'`, []);
    expect(rows).toHaveLength(1);
  });

  it('lets one of two who present the same token at once through, and ends the session', async () => {
    const first = await api.session({ email: await aUser(), password: PASSWORD });
    const answers = await Promise.all([refresh(first.refreshToken.token), refresh(first.refreshToken.token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await statusOf(first)).toBe(401);
  });

  it('refuses an access token, a made-up one and one that has expired', async () => {
    const { accessToken, refreshToken } = await api.session({ email: await aUser(), password: PASSWORD });
    expectProblem(await refresh(accessToken.token), 401, 'refresh_token_invalid');
    expectProblem(await refresh('made-up'), 401, 'refresh_token_invalid');
    await sqlOn(
      server,
      `update session_tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'`,
      [],
    );
    expectProblem(await refresh(refreshToken.token), 401, 'refresh_token_invalid');
    expect((await bearing(accessToken.token).get('/clients')).status).toBe(401);
  });
});

describe('A session', () => {
  it('ends with signing out, whole and at once', async () => {
    const first = await api.session({ email: await aUser(), password: PASSWORD });
    const second = await refreshed(first);
    const answer = await bearing(second.accessToken.token).call('post', '/signout').expect(204);
    expect(answer.text).toBe('');
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 401]);
    expectProblem(await refresh(second.refreshToken.token), 401, 'refresh_token_invalid');
  });

  it('ends when the user gets another password', async () => {
    const people = PeopleApi.of(server);
    const { id, attributes } = await people.user({ password: PASSWORD, permissions: ['back_office'] });
    const session = await api.session({ email: attributes['email'], password: PASSWORD });
    await people.patch('users', id, { password: 'another password here' }).expect(200);
    expect(await statusOf(session)).toBe(401);
    expectProblem(await refresh(session.refreshToken.token), 401, 'refresh_token_invalid');
    await api.session({ email: attributes['email'], password: 'another password here' });
  });

  it('serves no more when the user loses back_office, and serves again when they get it back', async () => {
    const people = PeopleApi.of(server);
    const { id, attributes } = await people.user({ password: PASSWORD, permissions: ['back_office'] });
    const session = await api.session({ email: attributes['email'], password: PASSWORD });
    await people.patch('users', id, { permissions: [] }).expect(200);
    expect(await statusOf(session)).toBe(403);
    expectProblem(await refresh(session.refreshToken.token), 403, 'missing_permission');
    await people.patch('users', id, { permissions: ['back_office'] }).expect(200);
    expect(await statusOf(await refreshed(session))).toBe(200);
  });

  it('opens the Back Office and nothing else, and nothing else opens the Back Office', async () => {
    const { accessToken, refreshToken } = await api.session({ email: await aUser(), password: PASSWORD });
    const headers = { Authorization: `Bearer ${accessToken.token}` };
    expect((await fetch(`${server.url}/api/v1/files`, { headers })).status).toBe(401);
    expect((await fetch(`${server.url}/api/portal/files`, { headers })).status).toBe(401);
    const operator = new Operator(server);
    const client = await operator.oauthClient(await operator.user({ permissions: ['firm_admin'] }), ['FILES']);
    const others = [await operator.token(client), PORTAL_TOKEN, refreshToken.token, 'made-up'];
    for (const token of others) expectProblem(await bearing(token).get('/clients'), 401, 'unauthenticated');
    expectProblem(await new BackOfficeApi(server.url, server.headers).get('/clients'), 401, 'unauthenticated');
    expectProblem(await api.get('/clients'), 401, 'unauthenticated');
  });

  it('leaves its beginning and its end in the history', async () => {
    const session = await api.session({ email: await aUser(), password: PASSWORD });
    await bearing(session.accessToken.token).call('post', '/signout').expect(204);
    const rows = await sqlOn(
      server,
      `select action, credential_kind = 'session' and credential_id = subject_id as "isOwn", user_id is not null as "hasUser"
       from history where subject_type = 'session' order by id desc limit 2`,
      [],
    );
    expect(rows).toEqual([
      { action: 'session.closed', isOwn: true, hasUser: true },
      { action: 'session.opened', isOwn: true, hasUser: true },
    ]);
  });
});
