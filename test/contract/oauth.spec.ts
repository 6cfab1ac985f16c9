import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest, { type Response, type Test } from 'supertest';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { type OAuthClient, Operator } from '../support/operator.js';
import { basic } from '../support/portico.js';
import type { Portico } from '../support/portico.js';
import { SharedPortico } from '../support/shared-portico.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let operator: Operator;
let client: OAuthClient;
let editor: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  operator = new Operator(server);
  editor = await operator.user({ permissions: ['files_edit'], allData: true });
  client = await operator.oauthClient(editor, ['FILES', 'FILES_WRITE']);
});
afterAll(() => server.dispose());

const ask = (form: Record<string, string>, headers: Record<string, string> = {}): Test =>
  supertest(server.url)
    .post('/oauth2/token')
    .type('form')
    .set(headers)
    .send({ grant_type: 'client_credentials', ...form });
const askAs = ({ clientId, clientSecret }: OAuthClient, form: Record<string, string> = {}): Test =>
  ask(form, { Authorization: basic(clientId, clientSecret) });
const bearer = (token: string, headers: Record<string, string> = {}): FilesApi =>
  new FilesApi(server.url, { Authorization: `Bearer ${token}`, ...headers });
const tokenIn = (answer: Response): string => (answer.body as { access_token: string }).access_token;
const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const upload = (api: FilesApi) => api.send([{ name: 'file', filename: 'a.txt', content: 'x' }]);

describe('POST /oauth2/token', () => {
  it('issues a token of 60 minutes to a client with its secret in Basic', async () => {
    const answer = await askAs(client, { scope: 'FILES' });
    expectStatus(answer, 200);
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'FILES' });
    expect(answer.headers['cache-control']).toContain('no-store');
    expectStatus(await bearer(tokenIn(answer)).get('/files'), 200);
  });

  it('issues it to a client with its secret in the form too', async () => {
    const { clientId, clientSecret } = client;
    expectStatus(await ask({ client_id: clientId, client_secret: clientSecret, scope: 'FILES' }), 200);
  });

  it('gives all the scopes of the client when none is asked for', async () => {
    const answer = await askAs(client);
    expectStatus(answer, 200);
    const { scope } = answer.body as { scope: string };
    expect(scope.split(' ').sort()).toEqual(['FILES', 'FILES_WRITE']);
    expectStatus(await upload(bearer(tokenIn(answer))), 201);
  });

  it('takes FILE_WRITE for FILES_WRITE', async () => {
    const aliased = await operator.oauthClient(editor, ['FILE_WRITE']);
    for (const scope of ['FILE_WRITE', 'FILES_WRITE']) {
      const answer = await askAs(aliased, { scope });
      expectStatus(answer, 200);
      expectStatus(await upload(bearer(tokenIn(answer))), 201);
    }
  });

  it('puts firm, client and scopes into a JWT, and no secret', async () => {
    const token = tokenIn(await askAs(client));
    expect(claims(token)).toMatchObject({ firm_id: server.credentials.firmId, client_id: client.clientId });
    expect(JSON.stringify(claims(token))).not.toContain(client.clientSecret);
  });

  it.each<[string, () => Test, number, string]>([
    ['a scope that the client was not given', () => askAs(client, { scope: 'PORTAL' }), 400, 'invalid_scope'],
    ['a wrong secret', () => askAs({ ...client, clientSecret: 'x'.repeat(40) }), 401, 'invalid_client'],
    ['an empty secret', () => askAs({ ...client, clientSecret: '' }), 400, 'invalid_request'],
    ['an unknown client', () => askAs({ ...client, clientId: 'nobody' }), 401, 'invalid_client'],
    [
      'an API key',
      () => askAs({ clientId: server.credentials.key, clientSecret: server.credentials.secret }),
      401,
      'invalid_client',
    ],
    ['no client', () => ask({}), 400, 'invalid_request'],
    ['another grant', () => askAs(client, { grant_type: 'password' }), 400, 'unsupported_grant_type'],
    ['another audience', () => askAs(client, { resource: 'https://elsewhere.test' }), 400, 'invalid_target'],
  ])('refuses %s', async (_says, asking, status, error) => {
    const answer = await asking();
    expectStatus(answer, status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toMatchObject({ error });
    expect(answer.text).not.toMatch(/node_modules|\.js:\d/);
  });

  it('gives nothing for a scope that does not exist', async () => {
    const answer = await askAs(client, { scope: 'EVERYTHING' });
    if (answer.status === 200)
      expectRefusal(await bearer(tokenIn(answer)).get('/files'), 403, { code: 'missing_scope' });
    else expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  it('does not say whether the client or the secret is wrong', async () => {
    const wrong = await askAs({ ...client, clientSecret: 'x'.repeat(40) });
    const unknown = await askAs({ clientId: 'nobody', clientSecret: 'x'.repeat(40) });
    expect(wrong.body).toEqual(unknown.body);
  });
});

describe('The documents of the authorization server', () => {
  it('say where it is and what it can do', async () => {
    const answer = await supertest(server.url).get('/.well-known/openid-configuration');
    expectStatus(answer, 200);
    const document = answer.body as Record<string, string> & { grant_types_supported: string[] };
    for (const name of ['issuer', 'token_endpoint', 'jwks_uri'] as const) expect(document[name]).toMatch(/^http/);
    expect(new URL(document['token_endpoint'] ?? '').pathname).toBe('/oauth2/token');
    expect(new URL(document['jwks_uri'] ?? '').pathname).toBe('/oauth2/jwks');
    expect(document.grant_types_supported).toContain('client_credentials');
    expect(claims(tokenIn(await askAs(client)))['iss']).toBe(document['issuer']);
  });

  it('hold the public half of the key that signed a token, and nothing private', async () => {
    const answer = await supertest(server.url).get('/oauth2/jwks');
    expectStatus(answer, 200);
    const { keys } = answer.body as { keys: Record<string, string>[] };
    const header = tokenIn(await askAs(client)).split('.')[0] ?? '';
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    expect(keys.map((key) => key['kid'])).toContain(kid);
    for (const key of keys)
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
  });
});

describe('An access token', () => {
  it('works without a firm header, and with that of its firm', async () => {
    const token = await operator.token(client);
    expectStatus(await bearer(token).get('/files'), 200);
    expectStatus(await bearer(token, { 'Addepar-Firm': server.credentials.firmId }).get('/files'), 200);
  });

  it('is refused with 401 with the header of another firm, also where it has just been used', async () => {
    const token = await operator.token(client);
    expectStatus(await bearer(token).get('/files'), 200);
    for (const firm of ['1', 'x', ''])
      expectRefusal(await bearer(token, { 'Addepar-Firm': firm }).get('/files'), 401, { code: 'unauthenticated' });
  });

  const flipped = (text: string, at: number): string =>
    text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  const forgeries: [string, (header: string, payload: string, signature: string) => string][] = [
    ['a changed signature', (header, payload, signature) => `${header}.${payload}.${flipped(signature, 5)}`],
    ['no signature', (header, payload) => `${header}.${payload}.`],
    ['a changed header', (header, payload, signature) => `${flipped(header, 9)}.${payload}.${signature}`],
    [
      'a changed payload',
      (header, payload, signature) => {
        const forged = { ...claims(`.${payload}.`), firm_id: '2', scope: 'FILES_WRITE' };
        return `${header}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`;
      },
    ],
    [
      'the algorithm "none"',
      (_header, payload) =>
        `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')}.${payload}.`,
    ],
    ['two parts only', (header, payload) => `${header}.${payload}`],
    ['nothing', () => ''],
    ['text', () => 'not-a-token'],
  ];
  it.each(forgeries)('is refused with 401 with %s, and the challenge says so', async (_says, forge) => {
    const [header = '', payload = '', signature = ''] = (await operator.token(client)).split('.');
    const answer = await bearer(forge(header, payload, signature)).get('/files');
    expectRefusal(answer, 401, { code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="Portico"/);
  });

  it('ends at once when its client is revoked, and the client gets no other', async () => {
    const passing = await operator.oauthClient(editor, ['FILES']);
    const token = await operator.token(passing);
    expectStatus(await bearer(token).get('/files'), 200);
    await operator.revoke('oauth-client', passing.clientId);
    await until('the token is refused', async () => (await bearer(token).get('/files')).status === 401, 2);
    expectRefusal(await bearer(token).get('/files'), 401, { code: 'unauthenticated' });
    expectStatus(await askAs(passing), 401);
  });

  it('needs the scope: FILES does not change, other scopes do not read', async () => {
    expectRefusal(await upload(bearer(await operator.token(client, 'FILES'))), 403, { code: 'missing_scope' });
    const other = await operator.oauthClient(editor, ['ENTITIES', 'PORTAL']);
    expectRefusal(await bearer(await operator.token(other)).get('/files'), 403, { code: 'missing_scope' });
  });

  it('reads with FILES_WRITE, which includes FILES', async () => {
    expectStatus(await bearer(await operator.token(client, 'FILES_WRITE')).get('/files'), 200);
  });

  it('needs the permission of its user too, and api_access not', async () => {
    const viewer = await operator.oauthClient(await operator.user({ permissions: ['files_view'] }), ['FILES_WRITE']);
    const api = bearer(await operator.token(viewer));
    expectStatus(await api.get('/files'), 200);
    expectRefusal(await upload(api), 403, { code: 'missing_permission' });
  });
});
