import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest, { type Test } from 'supertest';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { type ApiKey, keyHeaders, Operator } from '../support/operator.js';
import { basic } from '../support/portico.js';
import { PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';

const PORTAL_TOKEN = 'portal-token-of-the-contract';

jest.setTimeout(60_000);

let server: PorticoServer;
let operator: Operator;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN } });
  operator = new Operator(server);
});
afterAll(() => server.dispose());

const call = (headers: Record<string, string | undefined>): Test => {
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return supertest(server.url).get('/api/v1/files').set(Object.fromEntries(present));
};
const changed = (secret: string): string => (secret.startsWith('a') ? 'b' : 'a') + secret.slice(1);

describe('An API key', () => {
  it('opens the API with Basic and the firm header', async () => {
    expectStatus(await call(server.headers), 200);
  });

  it('is understood whatever the case of the scheme', async () => {
    const { Authorization, ...firm } = server.headers;
    expectStatus(await call({ ...firm, Authorization: Authorization.replace('Basic', 'bAsIc') }), 200);
  });

  const refused: [string, () => Record<string, string | undefined>][] = [
    ['no credentials', () => ({ Authorization: undefined })],
    ['a wrong secret', () => ({ Authorization: basic(server.credentials.key, changed(server.credentials.secret)) })],
    ['half a secret', () => ({ Authorization: basic(server.credentials.key, server.credentials.secret.slice(0, 20)) })],
    [
      'a secret in upper case',
      () => ({ Authorization: basic(server.credentials.key, server.credentials.secret.toUpperCase()) }),
    ],
    ['an empty secret', () => ({ Authorization: basic(server.credentials.key, '') })],
    ['an unknown key', () => ({ Authorization: basic(randomUUID(), server.credentials.secret) })],
    ['a key that is none', () => ({ Authorization: basic("x' or '1'='1", server.credentials.secret) })],
    ['a key with a NUL', () => ({ Authorization: basic('\0', server.credentials.secret) })],
    ['an empty pair', () => ({ Authorization: basic('', '') })],
    ['no colon', () => ({ Authorization: `Basic ${Buffer.from(server.credentials.key).toString('base64')}` })],
    ['no value', () => ({ Authorization: 'Basic' })],
    ['what is not base64', () => ({ Authorization: 'Basic !!!' })],
    [
      'the pair in the clear',
      () => ({ Authorization: `Basic ${server.credentials.key}:${server.credentials.secret}` }),
    ],
    ['another scheme', () => ({ Authorization: `Digest ${server.headers.Authorization.slice(6)}` })],
    ['no firm header', () => ({ 'Addepar-Firm': undefined })],
    ['an empty firm header', () => ({ 'Addepar-Firm': '' })],
    ['the header of another firm', () => ({ 'Addepar-Firm': '2' })],
    ['a firm header that is no id', () => ({ 'Addepar-Firm': 'one' })],
    ['two firms', () => ({ 'Addepar-Firm': '1, 1' })],
  ];
  it.each(refused)('is refused with 401 for %s, which says what would be accepted', async (_says, headers) => {
    const answer = await call({ ...server.headers, ...headers() });
    expectRefusal(answer, 401, { code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toMatch(/Basic realm="Portico"/);
  });

  it('is refused with 401 before the request is looked at', async () => {
    for (const path of ['/files/abc', '/files?page[limit]=x', '/archive/files?include=x'])
      expectRefusal(await new FilesApi(server.url, {}).get(path), 401);
    expectRefusal(await new FilesApi(server.url, {}).patchRaw('/files/1', 'no JSON', 'text/plain'), 401);
  });

  it('says the same for a wrong secret as for an unknown key', async () => {
    const { key, secret } = server.credentials;
    const answers = [await call({ ...server.headers, Authorization: basic(key, changed(secret)) })];
    answers.push(await call({ ...server.headers, Authorization: basic(randomUUID(), secret) }));
    const [wrong, unknown] = answers.map((answer) => answer.text.replace(answer.headers['x-request-id'] ?? '', ''));
    expect(wrong).toBe(unknown);
  });
});

describe('What an API key may do', () => {
  const users: [string[], number, number][] = [
    [[], 403, 403],
    [['files_edit', 'portal_share_files', 'back_office'], 403, 403],
    [['api_access', 'files_view'], 200, 403],
    [['api_access', 'files_edit'], 200, 201],
  ];
  let apis: FilesApi[];
  beforeAll(async () => {
    apis = await Promise.all(users.map(([permissions]) => operator.apiOf({ permissions })));
  });

  it.each(users.map((user, at) => [...user, at] as const))(
    'with the permissions %j: reading is %d, uploading %d',
    async (_permissions, reading, uploading, at) => {
      const api = apis[at] as FilesApi;
      const read = await api.get('/files');
      const upload = await api.send([{ name: 'file', filename: 'a.txt', content: 'x' }]);
      if (reading === 403) expectRefusal(read, 403, { code: 'missing_permission' });
      else expectStatus(read, reading);
      if (uploading === 403) expectRefusal(upload, 403, { code: 'missing_permission' });
      else expectStatus(upload, uploading);
    },
  );

  it('ends the moment that the server hears that it is revoked, also where it has just been used', async () => {
    const key: ApiKey = await operator.apiKey(await operator.user({ permissions: ['firm_admin'] }));
    const headers = keyHeaders(key, server.credentials.firmId);
    expectStatus(await call(headers), 200);
    await operator.revoke('api-key', key.key);
    // long before what is remembered would be forgotten by itself
    await until('the key is refused', async () => (await call(headers)).status === 401, 2);
    expectRefusal(await call(headers), 401, { code: 'unauthenticated' });
  });
});

describe('What needs no credentials', () => {
  it.each(['/health/live', '/health/ready', '/metrics', '/openapi/files-v1.json', '/docs', '/oauth2/jwks'])(
    '%s answers without and with wrong ones',
    async (path) => {
      expectStatus(await supertest(server.url).get(path).redirects(1), 200);
      expectStatus(await supertest(server.url).get(path).redirects(1).set('Authorization', 'Basic wrong'), 200);
    },
  );

  it('the metrics count requests and tell no secret', async () => {
    await call(server.headers);
    const { text } = await supertest(server.url).get('/metrics');
    expect(text).toMatch(/^# TYPE \w+ (?:counter|histogram)$/m);
    expect(text).not.toContain(server.credentials.key);
  });
});

describe('A portal service token', () => {
  it('does not open the Files API', async () => {
    expect([401, 403]).toContain((await call({ Authorization: `Bearer ${PORTAL_TOKEN}` })).status);
  });
});
