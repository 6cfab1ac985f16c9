import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PASSWORD, staff } from '../support/back-office-api.js';
import { CodeFlow } from '../support/code-flow.js';
import { Operator } from '../support/operator.js';
import { basic } from '../support/portico.js';
import { PorticoServer } from '../support/portico-server.js';
import { exchange, type RawAnswer } from '../support/raw-http.js';
import { sqlOn } from '../support/server-database.js';
import { SharedPortico } from '../support/shared-portico.js';
import { SignInBrowser } from '../support/sign-in-browser.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const PORTAL = 'https://portal.example.com';
const LOCAL = 'http://localhost:5173';
const FAILURES = 3;
/** One of each face, and what belongs to none. */
const ADDRESSES = [
  ...['/v1/files', '/api/v1/files/1', '/v1/portal/publish_files', '/api/v2/clients', '/api/portal/files'],
  ...['/oauth2/token', '/oauth2/jwks', '/.well-known/openid-configuration', '/openapi/portal.json', '/nowhere'],
];

let server: PorticoServer;
let closed: SharedPortico;

beforeAll(async () => {
  const env = {
    ...{ CORS_ORIGINS: `${PORTAL}, ${LOCAL}`, TRUST_PROXY: 'loopback' },
    ...{ RATE_LIMIT_PER_MINUTE: '4', FAILURES_PER_MINUTE: String(FAILURES) },
  };
  [server, closed] = await Promise.all([PorticoServer.start({ env }), SharedPortico.start()]);
});
afterAll(() => Promise.all([server.dispose(), closed.dispose()]));

type Headers = Readonly<Record<string, string>>;
const asks: Headers = { 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'authorization' };
const preflight = (path: string, headers: Headers) =>
  exchange(server.url, { method: 'OPTIONS', path, headers: { ...asks, ...headers } });
const ofOrigins = ({ headers }: RawAnswer) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('Pages of other origins (CORS_ORIGINS)', () => {
  it.each(ADDRESSES)('may call %s when their origin is listed, and read what the answer tells', async (path) => {
    for (const origin of [PORTAL, LOCAL]) {
      const { status, headers } = await preflight(path, { Origin: origin });
      expect(status).toBe(204);
      expect(headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-max-age': '3600' });
      expect(headers['access-control-allow-methods']?.split(',').sort().join()).toBe('DELETE,GET,HEAD,PATCH,POST,PUT');
      expect(headers['access-control-allow-headers']).toMatch(
        /Authorization.*Addepar-Firm.*Idempotency-Key.*Upload-Offset/,
      );
      const answer = await exchange(server.url, { path, headers: { Origin: origin } });
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      expect(answer.headers['access-control-expose-headers']).toMatch(
        /ETag.*Location.*X-Total-Count.*X-Request-Id.*Idempotency-Replayed.*Retry-After.*Upload-Offset/,
      );
      for (const told of [headers, answer.headers]) {
        expect(told['access-control-allow-credentials']).toBeUndefined();
        expect(told.vary?.split(/, */)).toContain('Origin');
      }
    }
  });

  it.each([
    'https://evil.example',
    'http://portal.example.com',
    `${PORTAL}.evil.example`,
    `${PORTAL}:444`,
    'null',
    '*',
  ])('are told nothing when their origin is %s, and caches know that it matters', async (origin) => {
    for (const path of ADDRESSES) {
      const answers = [
        await preflight(path, { Origin: origin }),
        await exchange(server.url, { path, headers: { Origin: origin } }),
      ];
      for (const answer of answers) {
        expect(ofOrigins(answer)).toEqual([]);
        expect(answer.headers.vary?.split(/, */)).toContain('Origin');
      }
    }
  });

  it('are told nothing at all where no origin is listed', async () => {
    for (const path of ADDRESSES)
      for (const [method, more] of [
        ['OPTIONS', asks],
        ['GET', {}],
      ] as const) {
        const answer = await exchange(closed.url, { method, path, headers: { Origin: PORTAL, ...more } });
        expect(ofOrigins(answer)).toEqual([]);
      }
  });

  it('ask as often as they like: no limit counts it', async () => {
    const key = await new Operator(server).apiKey(
      await new Operator(server).user({ permissions: ['api_access', 'files_view'] }),
    );
    const headers = { Origin: PORTAL, Authorization: basic(key.key, key.secret), 'Addepar-Firm': '1' };
    for (let at = 0; at < 12; at++) expect((await preflight('/v1/files', headers)).status).toBe(204);
    const { status } = await exchange(server.url, { path: '/v1/files', headers });
    expect(status).toBe(200);
  });

  it('and an OPTIONS that asks nothing of the kind is an ordinary call', async () => {
    const { status, headers } = await exchange(server.url, {
      method: 'OPTIONS',
      path: '/v1/files',
      headers: { Origin: PORTAL },
    });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD, POST' });
  });
});

let addresses = 0;
/** Where nobody has called from yet. */
const newAddress = () => `203.0.113.${++addresses}`;

describe('Where a call comes from (TRUST_PROXY)', () => {
  const addressIn = (portico: { readonly output: string }, id: string) =>
    until('the line of the request', () => {
      const line = portico.output.split('\n').find((one) => one.includes(`"requestId":"${id}"`));
      return line === undefined ? undefined : String((JSON.parse(line) as { address: unknown }).address);
    });
  const calledFrom = async (portico: PorticoServer | SharedPortico, forwarded: string) => {
    const id = randomUUID();
    await exchange(portico.url, {
      path: '/health/live',
      headers: { 'X-Request-Id': id, 'X-Forwarded-For': forwarded },
    });
    return addressIn(portico, id);
  };

  it('is what the trusted proxy says, and not what the caller told it', async () => {
    expect(await calledFrom(server, '203.0.113.200')).toBe('203.0.113.200');
    expect(await calledFrom(server, '10.1.1.1, 127.0.0.1, 203.0.113.201')).toBe('203.0.113.201');
    expect(await calledFrom(server, '2001:db8::7')).toBe('2001:db8::7');
    expect(await calledFrom(server, "'; drop table history")).toMatch(/127\.0\.0\.1$/);
  });

  it('is the other end of the connection where no proxy is trusted', async () => {
    expect(await calledFrom(closed, '203.0.113.200')).toMatch(/127\.0\.0\.1$/);
    await until('the warning', () => /TRUST_PROXY does not name this address/.test(closed.output) || undefined);
  });

  it('stands in the history', async () => {
    const [email, from] = [await staff(server, { permissions: ['back_office'] }), newAddress()];
    expect((await signIn(email, PASSWORD, `198.51.100.1, ${from}`)).status).toBe(200);
    const [row] = await sqlOn(
      server,
      `select host(address) as address from history where action = 'session.opened' order by id desc limit 1`,
    );
    expect(row).toEqual({ address: from });
  });
});

const signIn = (email: string, password: string, from: string) => {
  const body = JSON.stringify({ email, password });
  const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': from };
  return exchange(server.url, {
    method: 'POST',
    path: '/api/v2/signin',
    headers,
    write: (request) => request.end(body),
  });
};

describe('One address that fails again and again (FAILURES_PER_MINUTE)', () => {
  const expectTooMany = ({ status, headers }: RawAnswer) => {
    expect(status).toBe(429);
    expect(headers['retry-after']).toMatch(/^[1-9]\d?$/);
    expect(headers['x-ratelimit-retry-after']).toBe(headers['retry-after']);
  };

  it('has no password checked any more, a right one neither; another address has', async () => {
    const { email, password } = await new Operator(server).person({ permissions: ['back_office'] });
    const from = newAddress();
    for (let at = 0; at < FAILURES; at++)
      expect((await signIn(`${randomUUID()}@example.test`, 'wrong', from)).status).toBe(401);
    const answer = await signIn(email, password, from);
    expectTooMany(answer);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 429, code: 'rate_limited' });
    expect((await signIn(email, password, newAddress())).status).toBe(200);
  });

  it('hears of it with each wrong key, and keys that are good still are', async () => {
    const from = newAddress();
    const call = (headers: Headers) =>
      exchange(server.url, {
        path: '/v1/files',
        headers: { ...headers, 'X-Forwarded-For': from, 'Addepar-Firm': '1' },
      });
    for (let at = 0; at < FAILURES; at++)
      expect((await call({ Authorization: basic(randomUUID(), 'wrong') })).status).toBe(401);
    expectTooMany(await call({ Authorization: basic(randomUUID(), 'wrong') }));
    expectTooMany(await call({ Authorization: 'Bearer made-up' }));
    const operator = new Operator(server);
    const good = await operator.apiKey(await operator.user({ permissions: ['api_access', 'files_view'] }));
    expect((await call({ Authorization: basic(good.key, good.secret) })).status).toBe(200);
    expect((await call({})).status).toBe(401); // who brings no credentials has tried none
  });

  it('has no client’s secret checked any more, and is told so in the words of OAuth', async () => {
    const operator = new Operator(server);
    const user = await operator.user({ permissions: ['api_access', 'files_view'] });
    const { clientId, clientSecret } = await operator.oauthClient(user, ['FILES']);
    const ask = (secret: string, from: string) =>
      exchange(server.url, {
        ...{ method: 'POST', path: '/oauth2/token' },
        headers: {
          ...{ Authorization: basic(clientId, secret), 'X-Forwarded-For': from },
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        write: (request) => request.end('grant_type=client_credentials'),
      });
    const from = newAddress();
    for (let at = 0; at < FAILURES; at++) expect((await ask('wrong', from)).status).toBe(401);
    const answer = await ask(clientSecret, from);
    expectTooMany(answer);
    expect(JSON.parse(answer.body)).toEqual({
      error: 'temporarily_unavailable',
      error_description: expect.any(String),
    });
    expect((await ask(clientSecret, newAddress())).status).toBe(200);
  });

  it('has no password checked any more on the page of sign-in either, and is told so there', async () => {
    const operator = new Operator(server);
    const person = await operator.person({ permissions: ['files_view'] });
    const redirect = 'https://crm.example/callback';
    const client = await operator.clientForPeople(person.email, { scopes: ['FILES'], redirectUris: [redirect] });
    const flow = await CodeFlow.of(server.url, client, redirect);
    const signIn = async (email: string, password: string) => {
      const browser = new SignInBrowser(server.url);
      const page = await browser.open((await flow.ask('FILES')).url);
      return browser.submit(page, 'sign-in', { email, password });
    };
    for (let at = 0; at < FAILURES; at++)
      expect((await signIn(`${randomUUID()}@example.test`, 'wrong')).status).toBe(400);
    const page = await signIn(person.email, person.password);
    expect({ status: page.status, told: page.text.includes('failures in a minute') }).toEqual({
      status: 429,
      told: true,
    });
    expect(page.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
  });
});
