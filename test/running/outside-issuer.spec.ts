import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CryptoKey, exportSPKI, generateKeyPair, importJWK } from 'jose';
import supertest from 'supertest';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { keyHeaders, Operator, type Person } from '../support/operator.js';
import { OutsideIssuer } from '../support/outside-issuer.js';
import { PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let issuer: OutsideIssuer;
let server: PorticoServer;
let ann: Person;

beforeAll(async () => {
  issuer = await OutsideIssuer.make('https://api.example/portico');
  server = await PorticoServer.start({ env: { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: issuer.audience } });
  ann = await new Operator(server).person({ permissions: ['files_edit'], allData: true });
});
afterAll(async () => {
  await server.dispose();
  await issuer.stop();
});

const bearer = (token: string, headers: Record<string, string> = {}): FilesApi =>
  new FilesApi(server.url, { Authorization: `Bearer ${token}`, ...headers });
const upload = (api: FilesApi) => api.send([{ name: 'file', filename: 'a.txt', content: 'x' }]);
const named = (more: Record<string, unknown> = {}) => ({ firm_id: '1', email: ann.email, scope: 'FILES', ...more });

describe('While the outside issuer does not answer', () => {
  it('the server starts, says so in its log, and answers tokens with 503', async () => {
    expect(server.output).toContain('the issuer of tokens does not answer');
    const answer = await bearer(await issuer.signed(named())).get('/files');
    expectRefusal(answer, 503, { code: 'issuer_unavailable' });
  });

  it('keys work as ever', async () => {
    const { key, secret, firmId } = server.credentials;
    expectStatus(await new FilesApi(server.url, keyHeaders({ key, secret }, firmId)).get('/files'), 200);
  });

  it('tokens are good as soon as it answers, without a restart', async () => {
    const token = await issuer.signed(named());
    await issuer.listen();
    expectStatus(await bearer(token).get('/files'), 200);
  });
});

describe('A token of the outside issuer', () => {
  it('names one of our users, with the scopes that the issuer gave and the permissions that we gave', async () => {
    const token = await issuer.token({ firm_id: '1', email: ann.email.toUpperCase() }, 'FILES FILES_WRITE');
    expectStatus(await upload(bearer(token)), 201);
    const me = await supertest(server.url).get('/api/v1/users/me').set('Authorization', `Bearer ${token}`);
    expect(me.body).toMatchObject({ data: { id: ann.id } });
    const viewer = await new Operator(server).person({ permissions: ['files_view'] });
    const weaker = await issuer.token({ firm_id: 1, email: viewer.email }, 'FILES_WRITE');
    expectRefusal(await upload(bearer(weaker)), 403, { code: 'missing_permission' });
  });

  it.each([
    ['no scope', { scope: undefined }],
    ['another scope', { scope: 'ENTITIES' }],
    ['a scope that we do not know', { scope: 'files:read', scp: ['openid'] }],
  ])('opens nothing with %s', async (_says, more) => {
    expectRefusal(await bearer(await issuer.signed(named(more))).get('/files'), 403, { code: 'missing_scope' });
  });

  it.each([
    ['a list', { scope: undefined, scp: ['FILES'] }],
    ['a text', { scope: undefined, scp: 'openid FILES' }],
  ])('may say scp for scope, as %s', async (_says, more) => {
    expectStatus(await bearer(await issuer.signed(named(more), { typ: 'JWT' })).get('/files'), 200);
  });

  it('works with the header of its firm, and with no other', async () => {
    const token = await issuer.signed(named());
    expectStatus(await bearer(token, { 'Addepar-Firm': '1' }).get('/files'), 200);
    expectRefusal(await bearer(token, { 'Addepar-Firm': '2' }).get('/files'), 401, { code: 'unauthenticated' });
  });

  const past = Math.floor(Date.now() / 1000) - 120;
  it.each<[string, () => Promise<string>]>([
    ['another audience', () => issuer.signed(named({ aud: 'urn:portico:api' }))],
    ['no audience', () => issuer.signed(named({ aud: undefined }))],
    ['another issuer', () => issuer.signed(named({ iss: 'https://evil.test' }))],
    ['our own issuer', () => issuer.signed(named({ iss: server.url }))],
    ['an end that is past', () => issuer.signed(named({ exp: past }))],
    ['no end', () => issuer.signed(named({ exp: undefined }))],
    ['a beginning to come', () => issuer.signed(named({ nbf: past + 3600 }))],
    ['an address of nobody', () => issuer.signed(named({ email: 'nobody@example.test' }))],
    ['the address of somebody in another firm', () => issuer.signed(named({ firm_id: '2' }))],
    ['no address', () => issuer.signed(named({ email: undefined }))],
    ['an address that is none', () => issuer.signed(named({ email: "' or 1=1" }))],
    ['an address that the issuer has not verified', () => issuer.signed(named({ email_verified: false }))],
    ['no firm', () => issuer.signed(named({ firm_id: undefined }))],
    ['a firm that is no id', () => issuer.signed(named({ firm_id: '1 or 1=1' }))],
    ['another type', () => issuer.signed(named(), { typ: 'logout+jwt' })],
    ['no type', () => issuer.signed(named(), { typ: undefined })],
    ['the key of somebody else', async () => issuer.signed(named(), {}, (await generateKeyPair('RS256')).privateKey)],
    ['a key that nobody knows', () => issuer.signed(named(), { kid: 'unknown' })],
    [
      'the public key as a password (HS256)',
      async () => {
        const text = await exportSPKI((await importJWK(issuer.publicKey, 'RS256')) as CryptoKey);
        return issuer.signed(named(), { alg: 'HS256' }, new TextEncoder().encode(text));
      },
    ],
    [
      'no signature',
      async () => {
        const [, payload] = (await issuer.signed(named())).split('.');
        return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
      },
    ],
  ])('is refused with 401 with %s', async (_says, make) => {
    expectRefusal(await bearer(await make()).get('/files'), 401, { code: 'unauthenticated' });
  });

  it('ends with the user’s permissions, not with itself', async () => {
    const token = await issuer.signed(named());
    expectStatus(await bearer(token).get('/files'), 200);
    const change = { data: { id: ann.id, type: 'users', attributes: { permissions: [] } } };
    const { key, secret, firmId } = server.credentials;
    const api = supertest(server.url).patch(`/api/v1/users/${ann.id}`).set(keyHeaders({ key, secret }, firmId));
    expectStatus(await api.send(change), 200);
    await until('the permission is gone', async () => (await bearer(token).get('/files')).status === 403, 2);
    expectRefusal(await bearer(token).get('/files'), 403, { code: 'missing_permission' });
  });
});

describe('Our own authorization server', () => {
  it.each([
    ['get', '/.well-known/openid-configuration'],
    ['post', '/oauth2/token'],
    ['get', '/oauth2/authorize'],
    ['get', '/oauth2/jwks'],
    ['post', '/oauth2/revoke'],
    ['get', '/oauth2/interactions/any'],
  ] as const)('is not there: %s %s', async (method, path) => {
    const answer = await supertest(server.url)[method](path);
    expectStatus(answer, 404);
    expect(answer.body).toEqual({ error: 'not_found', error_description: `Tokens are issued by ${issuer.url}` });
  });
});
