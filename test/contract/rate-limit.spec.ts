import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { type ApiKey, keyHeaders, Operator } from '../support/operator.js';
import { basic } from '../support/portico.js';
import { PorticoServer } from '../support/portico-server.js';

jest.setTimeout(60_000);

const PER_MINUTE = 5;
let server: PorticoServer;
let operator: Operator;
let viewer: string;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { RATE_LIMIT_PER_MINUTE: String(PER_MINUTE) } });
  operator = new Operator(server);
  viewer = await operator.user({ permissions: ['api_access', 'files_view'] });
});
afterAll(() => server.dispose());

/** A key that has not called yet. */
const newKey = (): Promise<ApiKey> => operator.apiKey(viewer);
const apiWith = (key: ApiKey): FilesApi => new FilesApi(server.url, keyHeaders(key, server.credentials.firmId));

describe('RATE_LIMIT_PER_MINUTE', () => {
  it('refuses the calls past it with 429 and says in whole seconds when to come again', async () => {
    const api = new FilesApi(server.url, server.headers);
    for (let at = 0; at < PER_MINUTE; at++) expectStatus(await api.get('/files'), 200);
    const answer = await api.get('/files');
    expectRefusal(answer, 429, { code: 'rate_limited' });
    const seconds = answer.headers['x-ratelimit-retry-after'] ?? '';
    expect(seconds).toMatch(/^[1-9]\d?$/);
    expect(Number(seconds)).toBeLessThanOrEqual(60);
    expect(answer.headers['retry-after']).toBe(seconds);
  });

  it('counts all routes together, refusals included', async () => {
    const api = apiWith(await newKey());
    await api.get('/files');
    await api.get('/files/999999999');
    await api.get('/archive/files');
    await api.delete('/files/1');
    await api.get('/files?page[limit]=0');
    expectRefusal(await api.get('/files'), 429);
  });

  it('counts each credential for itself', async () => {
    expectRefusal(await new FilesApi(server.url, server.headers).get('/files'), 429);
    const other = apiWith(await newKey());
    expectStatus(await other.get('/files'), 200);
  });

  it('does not let callers with a wrong secret use up the calls of the key', async () => {
    const key = await newKey();
    const api = apiWith(key);
    for (let at = 0; at < 2 * PER_MINUTE; at++)
      expectRefusal(await api.get('/files').set('Authorization', basic(key.key, 'wrong')), 401);
    expectStatus(await api.get('/files'), 200);
  });

  it('does not touch health and documents', async () => {
    for (let at = 0; at < 2 * PER_MINUTE; at++)
      expectStatus(await supertest(server.url).get('/health/live').set(server.headers), 200);
  });
});
