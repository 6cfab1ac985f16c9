import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MainProcess } from '../running/main-process.js';
import { BackOfficeApi, PASSWORD, staff } from '../support/back-office-api.js';
import { FilesApi } from '../support/files-api.js';
import { Operator } from '../support/operator.js';
import { PeopleApi } from '../support/people-api.js';
import { CREDENTIALS, FakePlatforms } from '../support/platforms/fake-platforms.js';
import { type PortalApi, PortalWorld } from '../support/portal-api.js';
import { basic } from '../support/portico.js';
import { PorticoServer } from '../support/portico-server.js';
import { exchange } from '../support/raw-http.js';
import { suites } from '../support/suites.js';
import { until } from '../support/until.js';
import { KnownSecrets } from './known-secrets.js';

jest.setTimeout(120_000);

const PORTAL_TOKEN = 'portal-token-that-nobody-may-read';
const AI_KEY = 'sk-a-key-of-a-service-that-answers';
const SMTP_PASSWORD = 'p@ss/w%rd of mail';
const DATABASE_PASSWORD = 'p@ss/w%rd of the database';
const ADMIN_PASSWORD = 'the password of the first administrator';
const NOWHERE = '127.0.0.1:9';

let platforms: FakePlatforms;
let ai: Server;
let server: PorticoServer;
let portal: PortalApi;
const asked: string[] = [];

const secrets = new KnownSecrets();
secrets.keep('the portal token', PORTAL_TOKEN);
secrets.keep('the key of the service', AI_KEY);
secrets.keep('the password of the mail server', SMTP_PASSWORD);
secrets.keep('the password of the administrator', ADMIN_PASSWORD);
secrets.keep('the password of a user', PASSWORD);

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  ai = createServer((request, response) => {
    void text(request).then(() => {
      asked.push(request.headers.authorization ?? '');
      const message = `Incorrect API key provided: ${request.headers.authorization}`;
      response.writeHead(401, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message } }));
    });
  });
  await once(ai.listen(0, '127.0.0.1'), 'listening');
  const env = {
    ...{ LOG_LEVEL: 'debug', BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN, BOOTSTRAP_ADMIN_PASSWORD: ADMIN_PASSWORD },
    SMTP_URL: `smtp://mailer:${encodeURIComponent(SMTP_PASSWORD)}@${NOWHERE}`,
    ...{
      AI_BASE_URL: `http://127.0.0.1:${(ai.address() as AddressInfo).port}/v1`,
      AI_API_KEY: AI_KEY,
      AI_MODEL: 'a-model',
    },
    ...platforms.environment,
  };
  server = await PorticoServer.start({ env });
  const { DATABASE_URL = '', SECRET_KEY = '' } = server.environment;
  keep('the secret of the administrator’s key', server.credentials.secret);
  keep('the installation’s own key', SECRET_KEY);
  keep('the password of the database', decodeURIComponent(new URL(DATABASE_URL).password));
  const world = new PortalWorld(server, PORTAL_TOKEN);
  const { id } = await world.client();
  portal = world.portalOf(id, await world.contact(id));
});
afterAll(async () => {
  await server.dispose();
  await platforms.close();
  ai.close();
});

const keep = (what: string, secret: string): string => secrets.keep(what, secret);
const newSecret = (what: string): string => secrets.make(what);

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  exchange(server.url, {
    ...{ method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers } },
    write: (request) => request.end(body),
  });
const json = (value: unknown): string => JSON.stringify(value);

/** Sign-in, refresh and their failures. */
async function sessions(): Promise<void> {
  const email = await staff(server, { permissions: ['back_office'] });
  const wrong = newSecret('a wrong password');
  expect((await post('/api/v2/signin', json({ email, password: wrong }))).status).toBe(401);
  const { accessToken, refreshToken } = await new BackOfficeApi(server.url).session({ email, password: PASSWORD });
  const [access, refresh] = [keep('an access token', accessToken.token), keep('a refresh token', refreshToken.token)];
  expect((await post('/api/v2/refresh', json({ refreshToken: refresh }))).status).toBe(200);
  expect((await post('/api/v2/refresh', json({ refreshToken: refresh }))).status).toBe(401);
  expect((await post('/api/v2/refresh', json({ refreshToken: newSecret('a wrong refresh token') }))).status).toBe(401);
  await post('/api/v2/signout', '', { Authorization: `Bearer ${access}` });
  await post('/api/v2/signin', `{"email":"${email}","password":"${newSecret('a password in broken JSON')}"`);
  await post('/api/v2/signin', json({ email, password: [newSecret('a password in a list')] }));
  await post('/api/v2/signin', json({ email, [newSecret('a password as a name')]: 1 }));
  const created = newSecret('the password of a new user');
  await PeopleApi.of(server).user({ password: created });
}

/** Keys and tokens of clients, by each way in which they may be sent. */
async function clients(): Promise<void> {
  const operator = new Operator(server);
  const user = await operator.user({ permissions: ['api_access', 'files_view'] });
  const key = await operator.apiKey(user);
  keep('the secret of a key', key.secret);
  expect(
    (
      await exchange(server.url, {
        path: '/v1/files',
        headers: { Authorization: basic(key.key, key.secret), 'Addepar-Firm': '1' },
      })
    ).status,
  ).toBe(200);
  const { clientId, clientSecret } = await operator.oauthClient(user, ['FILES']);
  keep('the secret of a client', clientSecret);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const grant = 'grant_type=client_credentials';
  const answers = [
    await post('/oauth2/token', grant, { ...form, Authorization: basic(clientId, clientSecret) }),
    await post('/oauth2/token', `${grant}&client_id=${clientId}&client_secret=${clientSecret}`, form),
    await post(
      '/oauth2/token',
      `${grant}&client_id=${clientId}&client_secret=${newSecret('a wrong secret of a client')}`,
      form,
    ),
    await post(`/oauth2/token?client_secret=${clientSecret}`, grant, form),
    await post(
      '/oauth2/token',
      `grant_type=authorization_code&client_id=${clientId}&client_secret=${clientSecret}&code=${newSecret('a code')}`,
      form,
    ),
  ];
  expect(answers.map(({ status }) => status).slice(0, 3)).toEqual([200, 200, 401]);
  const { access_token: token } = JSON.parse(answers[0]?.body ?? '') as { access_token: string };
  keep('a token', token);
  expect(
    (await exchange(server.url, { path: '/v1/files', headers: { Authorization: `Bearer ${token}` } })).status,
  ).toBe(200);
}

/** Secrets where none belong: in the address and in headers. */
async function misplaced(): Promise<void> {
  const inQuery = newSecret('a token in the address');
  for (const route of [
    '/v1/files',
    '/api/v2/clients',
    '/api/portal/files',
    '/nowhere',
    '/oauth2/token',
    '/docs',
    '/health/live',
  ])
    await exchange(server.url, {
      path: `${route}?access_token=${inQuery}&api_key=${inQuery}`,
      headers: server.headers,
    });
  for (const name of ['Authorization', 'X-Api-Key', 'Cookie', 'Proxy-Authorization', 'Addepar-Firm', 'X-Forwarded-For'])
    await exchange(server.url, { path: '/v1/files', headers: { [name]: newSecret(`a token in ${name}`) } });
  await exchange(server.url, {
    path: '/v1/files',
    headers: { ...server.headers, 'X-Request-Id': `a b ${newSecret('a token in X-Request-Id')}` },
  });
  await new FilesApi(server.url, server.headers).get('/files?filter[files][createdAfter]=x');
}

/** Credentials of platforms: good ones, wrong ones, and such as the platform repeats. */
async function connections(): Promise<void> {
  const send = (platform: string, credentials: object) =>
    portal.call('post', '/connections').send({ platform, credentials });
  for (const [platform, good] of Object.entries(CREDENTIALS)) {
    for (const [name, value] of Object.entries(good))
      if (/token|secret/.test(name)) keep(`the ${name} of ${platform}`, value);
    const made = await send(platform, good);
    expect(made.status).toBe(201);
    const bad = Object.fromEntries(
      Object.entries(good).map(([name, value]) => [
        name,
        /token|secret/.test(name) ? newSecret(`a wrong ${name} of ${platform}`) : value,
      ]),
    );
    expect((await send(platform, bad)).status).toBe(400);
    await send(platform, { ...good, [newSecret(`a credential of ${platform} that there is not`)]: 'x' });
  }
}

/** What else has a password of ours: the service that answers, and the mail server, neither of which lets us in. */
async function services(): Promise<void> {
  await portal.call('post', '/results/ask').send({ question: 'Revenue in March 2026?' });
  expect(asked[0]).toBe(`Bearer ${AI_KEY}`);
  const world = new PortalWorld(server, PORTAL_TOKEN);
  const { id } = await world.client();
  const contact = await world.contact(id);
  const file = await world.files.create('told.txt');
  await world.files.sendData('post', '/portal/publish_files', {
    type: 'publish_portal_files_request',
    attributes: {
      ...{ files_id: [Number(file.id)], publish_override_contact_ids: [Number(contact)] },
      ...{ portal_publishing: 'do_not_publish', contact_notification: 'notify' },
    },
  });
}

describe('The log at its most talkative', () => {
  it('holds no secret, whatever was done with it: sign-ins, keys, tokens, connections, services, mistakes', async () => {
    await sessions();
    await clients();
    await misplaced();
    await connections();
    await services();
    const last = randomUUID();
    await exchange(server.url, { path: '/v1/files', headers: { ...server.headers, 'X-Request-Id': last } });
    await until('the last line', () => server.output.includes(last));
    expect(secrets.size).toBeGreaterThan(35);
    expect(server.output.split('\n').filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(40);
    expect(secrets.foundIn(server.output)).toEqual([]);
  });

  it('would have been seen to hold one', () => {
    const secret = newSecret('one that is written down');
    for (const text of [
      secret,
      `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
      `?a=${encodeURIComponent(secret)}`,
    ])
      expect(secrets.foundIn(`{"level":20,"text":"${text}"}`)).not.toEqual([]);
  });
});

describe('A server that does not come up', () => {
  it('does not tell the passwords in its settings', async () => {
    keep('the password of a database that is away', DATABASE_PASSWORD);
    const home = await mkdtemp(path.join(tmpdir(), 'portico-secrets-'));
    const main = new MainProcess(home, {
      ...{ LOG_LEVEL: 'debug', NODE_COMPILE_CACHE: suites().compiled },
      ...{ SECRET_KEY: keep('its key', randomBytes(32).toString('base64')) },
      DATABASE_URL: `postgres://portico:${encodeURIComponent(DATABASE_PASSWORD)}@${NOWHERE}/portico`,
    });
    await until('it says that the database is away', () => /database/.test(main.output), 60);
    await main.kill();
    const wrong = new MainProcess(home, {
      ...{ LOG_LEVEL: 'debug', SECRET_KEY: newSecret('a key that is none') },
      DATABASE_URL: `mysql://portico:${encodeURIComponent(DATABASE_PASSWORD)}@${NOWHERE}/portico`,
      SMTP_URL: `http://mailer:${encodeURIComponent(SMTP_PASSWORD)}@${NOWHERE}`,
      BOOTSTRAP_API_SECRET: newSecret('a secret that is none'),
      BOOTSTRAP_PORTAL_TOKEN: newSecret('a token that is none').slice(0, 10),
    });
    expect(await wrong.ended).not.toBe(0);
    expect(wrong.output).toContain('DATABASE_URL');
    expect(secrets.foundIn(main.output + wrong.output)).toEqual([]);
    await rm(home, { recursive: true });
  });
});
