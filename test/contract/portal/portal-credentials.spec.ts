import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { expectRefusal, expectStatus } from '../../support/files-api.js';
import { Operator } from '../../support/operator.js';
import { expectPortalRefusal, type PortalApi, PortalWorld } from '../../support/portal-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

/** With dots, as a token that is given may have them. */
const TOKEN = 'portal.token.of-the-credentials';

let server: PorticoServer;
let operator: Operator;
let world: PortalWorld;
let portal: PortalApi;
let company: string;
let file: string;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN } });
  operator = new Operator(server);
  world = new PortalWorld(server, TOKEN);
  company = (await world.client()).id;
  const contact = await world.contact(company);
  portal = world.portalOf(company, contact);
  file = await world.published('credentials.txt', [contact]);
});
afterAll(() => server.dispose());

const newToken = async (firm = server.credentials.firmId): Promise<{ id: string; token: string }> => {
  const { stdout } = await server.operate('portal-token', 'create', '--firm', firm, '--json');
  return JSON.parse(stdout) as { id: string; token: string };
};
const tokenWith = async (scopes: string[], permissions: string[] = []): Promise<string> =>
  operator.token(await operator.oauthClient(await operator.user({ permissions }), scopes));

describe('The Portal API', () => {
  it('opens to the token of the portal, whatever the case of the scheme', async () => {
    expect(await portal.ids()).toEqual([file]);
    expectStatus(await portal.get('/files').set('Authorization', `bEARER ${TOKEN}`), 200);
  });

  it('takes the firm header when it is the firm of the token, and no other', async () => {
    expectStatus(await portal.get('/files').set('Addepar-Firm', server.credentials.firmId), 200);
    expectPortalRefusal(await portal.get('/files').set('Addepar-Firm', '999999'), 401, 'unauthenticated');
  });

  it.each([null, 'unknown-portal-token', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', `${TOKEN}x`, TOKEN.toUpperCase(), ''])(
    'refuses the token %j with 401 and says what it takes',
    async (token) => {
      const answer = await portal.with(token).get('/files');
      expectPortalRefusal(answer, 401, 'unauthenticated');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
      expect(answer.headers['www-authenticate']).not.toContain('Basic');
    },
  );

  it('refuses API keys', async () => {
    const answer = await portal.get('/files').set(server.headers);
    expectPortalRefusal(answer, 401, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="Portico"');
  });

  it('knows a new token, and one that is revoked no more', async () => {
    const { id, token } = await newToken();
    const worker = portal.with(token);
    expect(await worker.ids()).toEqual([file]);
    await operator.revoke('portal-token', id);
    await until('the token is refused', async () => (await worker.get('/files')).status === 401, 2);
    expectPortalRefusal(await worker.get('/files'), 401, 'unauthenticated');
    expect(await portal.ids()).toEqual([file]);
  });

  it('opens to an OAuth token with the scope PORTAL, of any user, and to no other', async () => {
    expect(await portal.with(await tokenWith(['PORTAL'])).ids()).toEqual([file]);
    const other = await tokenWith(['FILES_WRITE', 'USERS_WRITE'], ['firm_admin']);
    expectPortalRefusal(await portal.with(other).get('/files'), 403, 'missing_scope');
  });

  it('keeps the firms apart: the worker of another one finds no company of this', async () => {
    const { firmId, portalToken } = await operator.firm('Other Firm');
    const theirs = portal.with(portalToken);
    for (const answer of [
      await theirs.get('/files'),
      await theirs.get(`/files/${file}`),
      await theirs.acknowledge(file),
    ])
      expectPortalRefusal(answer, 403, 'portal_company_unknown');
    const own = await world.client('Theirs', undefined, firmId);
    expectPortalRefusal(await theirs.as({ company: own.id }).get(`/files/${file}`), 403, 'portal_user_unknown');
    expect(await world.events(file)).toEqual([]);
  });

  it('never tells a token', async () => {
    const { text } = await portal.with('unknown-portal-token').get('/files');
    expect(text).not.toContain('unknown-portal-token');
    expect(server.output).not.toContain(TOKEN);
  });
});

describe('A portal token', () => {
  it.each(['/api/v1/files', '/api/v1/users/me', '/api/v1/contacts'])('does not open %s', async (path) => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const answer = await supertest(server.url).get(path).set(headers);
    expectRefusal(answer, 401, { code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });
});

describe('The format of the Portal API', () => {
  it.each(['/api/portal', '/api/portal/nothing', '/api/portal/files/1/nothing'])(
    'holds for %s, which is 404',
    async (path) => {
      expectPortalRefusal(await supertest(server.url).get(path).set(portal.headers), 404, 'route_not_found');
    },
  );

  it('is not served without /api', async () => {
    const answer = await supertest(server.url).get('/portal/files').set(portal.headers);
    expectStatus(answer, 404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('holds for a method that an address does not have, with Allow', async () => {
    for (const method of ['post', 'patch', 'delete'] as const) {
      const answer = await portal.call(method, '/dashboard');
      expectPortalRefusal(answer, 405, 'method_not_allowed');
      expect(answer.headers['allow']).toBe('GET, HEAD');
    }
    expectPortalRefusal(await portal.get(`/files/${file}/acknowledge`), 405, 'method_not_allowed');
  });

  it('holds for a body in another type', async () => {
    const answer = await portal.acknowledge(file).set('Content-Type', 'text/plain').send('yes');
    expectPortalRefusal(answer, 415, 'unsupported_media_type');
    expect(await world.events(file)).toEqual([]);
  });

  it('holds with a trailing slash', async () => {
    expectStatus(await portal.get('/files/'), 200);
    expectPortalRefusal(await portal.get('/nothing/'), 404, 'route_not_found');
  });
});

describe('RATE_LIMIT_PER_MINUTE', () => {
  it('counts the calls of a portal token, refusals included', async () => {
    const limited = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN, RATE_LIMIT_PER_MINUTE: '3' } });
    try {
      const worker = new PortalWorld(limited, TOKEN).portalOf('1', '1');
      for (let at = 0; at < 3; at++) expectStatus(await worker.get('/files'), 403);
      const answer = await worker.get('/files');
      expectPortalRefusal(answer, 429, 'rate_limited');
      expect(answer.headers['x-ratelimit-retry-after']).toMatch(/^[1-9]\d?$/);
      expect(answer.headers['retry-after']).toBe(answer.headers['x-ratelimit-retry-after']);
    } finally {
      await limited.dispose();
    }
  });
});
