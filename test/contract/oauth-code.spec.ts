import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest, { type Response } from 'supertest';
import { CodeFlow, type Question } from '../support/code-flow.js';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { Operator, type Person } from '../support/operator.js';
import { PeopleApi } from '../support/people-api.js';
import { basic } from '../support/portico.js';
import type { Portico } from '../support/portico.js';
import { sqlOn } from '../support/server-database.js';
import { SharedPortico } from '../support/shared-portico.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const REDIRECT = 'https://crm.example/callback';

let server: Portico;
let operator: Operator;
let owner: string;
let ann: Person;
let client: { clientId: string; clientSecret: string | null };
let flow: CodeFlow;

beforeAll(async () => {
  server = await SharedPortico.start();
  operator = new Operator(server);
  owner = await operator.user({});
  ann = await operator.person({ permissions: ['files_edit'], allData: true });
  const scopes = ['FILES', 'FILES_WRITE', 'ENTITIES'];
  client = await operator.clientForPeople(owner, { scopes, redirectUris: [REDIRECT], name: 'The CRM' });
  flow = await CodeFlow.of(server.url, client, REDIRECT);
});
afterAll(() => server.dispose());

const bearer = (token: string): FilesApi => new FilesApi(server.url, { Authorization: `Bearer ${token}` });
const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const upload = (api: FilesApi) => api.send([{ name: 'file', filename: 'a.txt', content: 'x' }]);
const refused = (token: string) =>
  until('the token is refused', async () => (await bearer(token).get('/files')).status === 401, 2);

/** The token endpoint, as a client calls it that does as it likes. */
const askTokens = (form: Record<string, string>, as = client): Promise<Response> => {
  const asking = supertest(server.url).post('/oauth2/token').type('form');
  if (as.clientSecret === null) return asking.send({ client_id: as.clientId, ...form }).then((answer) => answer);
  return asking.set('Authorization', basic(as.clientId, as.clientSecret)).send(form);
};
const redeem = (code: string, { verifier }: Question, more: Record<string, string> = {}, as = client) =>
  askTokens({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: verifier, ...more }, as);
const codeFor = async (question: Question): Promise<string> =>
  (await flow.allow(question, ann)).url.searchParams.get('code') ?? '';

describe('The authorization code flow', () => {
  it('gives a client tokens with which it acts as the person who has signed in and consented', async () => {
    const question = await flow.ask('FILES_WRITE');
    const { url } = await flow.allow(question, ann);
    expect(`${url.origin}${url.pathname}`).toBe(REDIRECT);
    const tokens = await flow.redeem(question, url);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'FILES_WRITE' });
    const { firmId } = server.credentials;
    expect(claims(tokens.access_token)).toMatchObject({ firm_id: firmId, user_id: ann.id, client_id: client.clientId });
    expectStatus(await upload(bearer(tokens.access_token)), 201);
    const who = await supertest(server.url)
      .get('/api/v1/users/me')
      .set('Authorization', `Bearer ${tokens.access_token}`);
    expect(who.body).toMatchObject({ data: { id: ann.id, attributes: { email: ann.email } } });
  });

  it('gives nothing that was not asked for, and nothing that the person may not do themselves', async () => {
    const { access_token } = await flow.tokens('FILES', ann);
    expectStatus(await bearer(access_token).get('/files'), 200);
    expectRefusal(await upload(bearer(access_token)), 403, { code: 'missing_scope' });
    const viewer = await operator.person({ permissions: ['files_view'] });
    const weaker = await flow.tokens('FILES_WRITE', viewer);
    expectRefusal(await upload(bearer(weaker.access_token)), 403, { code: 'missing_permission' });
  });

  it('takes FILE_WRITE for FILES_WRITE, and without a scope asks for all that the client has', async () => {
    expectStatus(await upload(bearer((await flow.tokens('FILE_WRITE', ann)).access_token)), 201);
    const { scope } = await flow.tokens('', ann);
    expect(scope?.split(' ').sort()).toEqual(['ENTITIES', 'FILES', 'FILES_WRITE']);
  });

  it('tells who has signed in with an ID token, when openid is asked for', async () => {
    const question = await flow.ask('openid offline_access FILES', { prompt: 'login consent', max_age: '0' });
    const tokens = await flow.redeem(question, (await flow.allow(question, ann)).url);
    expect(claims(tokens.id_token ?? '')).toMatchObject({ sub: ann.id, aud: client.clientId });
    expect(claims(tokens.access_token)['scope']).toBe('FILES');
  });

  it('works for a program on a person’s machine, without a secret and on any port', async () => {
    const redirectUris = ['http://127.0.0.1/done'];
    const program = await operator.clientForPeople(owner, { scopes: ['FILES'], redirectUris, isPublic: true });
    expect(program.clientSecret).toBeNull();
    const tokens = await (await CodeFlow.of(server.url, program, 'http://127.0.0.1:4711/done')).tokens('FILES', ann);
    expectStatus(await bearer(tokens.access_token).get('/files'), 200);
    const own = await askTokens({ grant_type: 'client_credentials' }, program);
    expect([own.status, own.body]).toEqual([400, expect.objectContaining({ error: 'invalid_request' })]);
  });

  it('leaves the client its own tokens, for its own user', async () => {
    const answer = await askTokens({ grant_type: 'client_credentials', scope: 'FILES' });
    expectStatus(answer, 200);
    expect(answer.body).not.toHaveProperty('refresh_token');
  });

  it('is told in the discovery document', async () => {
    const { body } = (await supertest(server.url).get('/.well-known/openid-configuration')) as { body: object };
    expect(body).toMatchObject({
      authorization_endpoint: `${server.url}/oauth2/authorize`,
      token_endpoint: `${server.url}/oauth2/token`,
      revocation_endpoint: `${server.url}/oauth2/revoke`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      grant_types_supported: expect.arrayContaining(['authorization_code', 'refresh_token', 'client_credentials']),
    });
  });
});

describe('The authorization endpoint', () => {
  const open = async (more: Record<string, string>, scope = 'FILES') => {
    const { url } = await flow.ask(scope, more);
    return supertest(server.url).get(`${url.pathname}${url.search}`).set('Accept', 'text/html');
  };

  it.each([
    ['no code challenge', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['the plain code challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no challenge method', { code_challenge_method: '' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'invalid_request'],
    ['a scope that the client was not given', { scope: 'USERS_WRITE' }, 'invalid_scope'],
    ['another audience', { resource: 'https://elsewhere.test' }, 'invalid_target'],
    ['not to ask the person', { prompt: 'none' }, 'login_required'],
  ])('answers the client when it asks with %s', async (_says, more, error) => {
    const answer = await open(more);
    expect([302, 303]).toContain(answer.status);
    const to = new URL(String(answer.headers['location']));
    expect(`${to.origin}${to.pathname}`).toBe(REDIRECT);
    const said = new URLSearchParams(to.search || to.hash.slice(1));
    expect([said.get('error'), said.get('code')]).toEqual([error, null]);
  });

  it.each([
    ['an unknown client', { client_id: '00000000-0000-4000-8000-000000000000' }, 'invalid_client'],
    ['another redirect URI', { redirect_uri: `${REDIRECT}/more` }, 'invalid_redirect_uri'],
    ['a redirect URI of somebody else', { redirect_uri: 'https://evil.test/callback' }, 'invalid_redirect_uri'],
  ])('shows a page, and sends nobody away, for %s', async (_says, more, error) => {
    const answer = await open(more);
    expectStatus(answer, 400);
    expect(answer.headers['location']).toBeUndefined();
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("form-action 'none'");
    expect(answer.text).toContain(error);
    expect(answer.text).not.toContain('evil.test/callback"');
  });

  it('puts no answer into the page of a form', async () => {
    const answer = await open({ response_mode: 'form_post' });
    expectStatus(answer, 400);
    expect(answer.text).toContain('invalid_request');
  });

  it('knows no client without redirect URIs', async () => {
    const machine = await operator.oauthClient(owner, ['FILES']);
    const answer = await open({ client_id: machine.clientId });
    expectStatus(answer, 400);
    expect(answer.headers['location']).toBeUndefined();
  });
});

describe('A code', () => {
  it.each<[string, (code: string, question: Question) => Promise<Response>, number, string]>([
    ['the verifier of another', (code, it) => redeem(code, { ...it, verifier: 'x'.repeat(43) }), 400, 'invalid_grant'],
    ['no verifier', (code, it) => redeem(code, it, { code_verifier: '' }), 400, 'invalid_grant'],
    ['another redirect URI', (code, it) => redeem(code, it, { redirect_uri: `${REDIRECT}/x` }), 400, 'invalid_grant'],
    [
      'a wrong secret',
      (code, it) => redeem(code, it, {}, { ...client, clientSecret: 'x'.repeat(40) }),
      401,
      'invalid_client',
    ],
  ])('is good for nobody with %s', async (_says, redeeming, status, error) => {
    const question = await flow.ask('FILES');
    const answer = await redeeming(await codeFor(question), question);
    expect(answer).toMatchObject({ status, body: { error } });
  });

  it('is good for its own client alone', async () => {
    const other = await operator.clientForPeople(owner, { scopes: ['FILES'], redirectUris: [REDIRECT] });
    const question = await flow.ask('FILES');
    const answer = await redeem(await codeFor(question), question, {}, other);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is good once: when it comes again, all that came of it ends', async () => {
    const question = await flow.ask('FILES');
    const code = await codeFor(question);
    const first = await redeem(code, question);
    expectStatus(first, 200);
    const { access_token, refresh_token } = first.body as Record<string, string>;
    expectStatus(await bearer(access_token ?? '').get('/files'), 200);
    expect(await redeem(code, question)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await refused(access_token ?? '');
    await expect(flow.refresh(refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('is good for one of many who bring it at once', async () => {
    const question = await flow.ask('FILES');
    const code = await codeFor(question);
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(code, question)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true);
  });
});

describe('A refresh token', () => {
  it('gets the next tokens, once: when it comes again, all that came of the consent ends', async () => {
    const first = await flow.tokens('FILES', ann);
    const second = await flow.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expectStatus(await bearer(second.access_token).get('/files'), 200);
    await expect(flow.refresh(first.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    await refused(second.access_token);
    await expect(flow.refresh(second.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    const told = await sqlOn(
      server,
      `select action from history where firm_id = $1 and subject_type = 'oauth_grant' and subject_id = $2 order by id`,
      [server.credentials.firmId, claims(second.access_token)['grant_id']],
    );
    const happened = ['oauth_grant.requested', 'oauth_grant.given', 'oauth_grant.reuse_refused'];
    expect(told.map(({ action }) => action)).toEqual(happened);
  });

  it('is good for one of many who bring it at once', async () => {
    const { refresh_token } = await flow.tokens('FILES', ann);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => flow.refresh(refresh_token)));
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  it('can ask for less, and not for more', async () => {
    const { refresh_token } = await flow.tokens('FILES_WRITE ENTITIES', ann);
    const less = await flow.refresh(refresh_token, { scope: 'ENTITIES' });
    expectRefusal(await bearer(less.access_token).get('/files'), 403, { code: 'missing_scope' });
    const more = flow.refresh(less.refresh_token, { scope: 'FILES_WRITE FILES' });
    await expect(more).rejects.toMatchObject({ error: 'invalid_scope' });
  });

  it('is good for its own client alone', async () => {
    const { refresh_token } = await flow.tokens('FILES', ann);
    const other = await operator.clientForPeople(owner, { scopes: ['FILES'], redirectUris: [REDIRECT] });
    const answer = await askTokens({ grant_type: 'refresh_token', refresh_token }, other);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('stands nowhere in the database as it is', async () => {
    const { refresh_token } = await flow.tokens('FILES', ann);
    const kept = await sqlOn(
      server,
      `select count(*)::int n from oidc_payloads where id = $1 or payload::text like '%' || $1 || '%'`,
      [refresh_token],
    );
    expect(kept).toEqual([{ n: 0 }]);
  });
});

describe('What a client may do ends at once', () => {
  it('when it gives the refresh token back', async () => {
    const tokens = await flow.tokens('FILES', ann);
    expectStatus(await bearer(tokens.access_token).get('/files'), 200);
    await flow.revoke(tokens.refresh_token);
    await refused(tokens.access_token);
    await expect(flow.refresh(tokens.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    await flow.revoke(tokens.refresh_token); // again, and of what never was: no error (RFC 7009)
    await flow.revoke('never-was');
  });

  it('but not when another client gives it back', async () => {
    const tokens = await flow.tokens('FILES', ann);
    const other = await operator.clientForPeople(owner, { scopes: ['FILES'], redirectUris: [REDIRECT] });
    await (await CodeFlow.of(server.url, other, REDIRECT)).revoke(tokens.refresh_token);
    expectStatus(await bearer(tokens.access_token).get('/files'), 200);
    await flow.refresh(tokens.refresh_token);
  });

  it('when the client is revoked', async () => {
    const passing = await operator.clientForPeople(owner, { scopes: ['FILES'], redirectUris: [REDIRECT] });
    const its = await CodeFlow.of(server.url, passing, REDIRECT);
    const tokens = await its.tokens('FILES', ann);
    await operator.revoke('oauth-client', passing.clientId);
    await refused(tokens.access_token);
    await expect(its.refresh(tokens.refresh_token)).rejects.toMatchObject({ status: 401 });
  });

  it('for every instance: the database tells those who remember', async () => {
    const tokens = await flow.tokens('FILES', ann);
    expectStatus(await bearer(tokens.access_token).get('/files'), 200);
    const grant = claims(tokens.access_token)['grant_id'];
    await sqlOn(server, 'update oauth_grants set revoked_at = now() where id = $1', [grant]); // as another one does it
    await refused(tokens.access_token);
  });

  it('when the person gets another password, and in part when they lose a permission', async () => {
    const people = PeopleApi.of(server);
    const bob = await operator.person({ permissions: ['files_view'] });
    const tokens = await flow.tokens('FILES', bob);
    expectStatus(await bearer(tokens.access_token).get('/files'), 200);
    expectStatus(await people.patch('users', bob.id, { permissions: [] }), 200);
    const loses = async () => (await bearer(tokens.access_token).get('/files')).status === 403;
    await until('the permission is gone', loses, 2);
    expectStatus(await people.patch('users', bob.id, { password: 'another password entirely' }), 200);
    await refused(tokens.access_token);
    await expect(flow.refresh(tokens.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('portico oauth-client create', () => {
  const create = (...more: string[]) =>
    server.operate('oauth-client', 'create', '--firm', server.credentials.firmId, '--user', owner, ...more, '--json');

  it('takes several redirect URIs, together and one by one', async () => {
    const uris = ['https://a.example/x', 'https://b.example/y', 'http://localhost:8000/'];
    const [a = '', b = '', c = ''] = uris;
    const made = await create('--scopes', 'FILES', '--redirect-uri', `${a},${b}`, '--redirect-uri', c);
    expect(made.code).toBe(0);
    const { clientId } = JSON.parse(made.stdout) as { clientId: string };
    const kept = await sqlOn(server, 'select redirect_uris from oauth_clients where client_id = $1', [clientId]);
    expect(kept).toEqual([{ redirect_uris: uris }]);
  });

  it.each([
    ['a redirect URI by plain http', ['--scopes', 'FILES', '--redirect-uri', 'http://crm.example/'], /https/],
    ['a public client without one', ['--scopes', 'FILES', '--public'], /redirect URI/],
    ['people who sign in for the portal', ['--scopes', 'PORTAL', '--redirect-uri', 'https://a.example/'], /PORTAL/],
  ])('refuses %s with one line, as a wrong call', async (_says, more, why) => {
    const { code, stdout, stderr } = await create(...more);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(why)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
