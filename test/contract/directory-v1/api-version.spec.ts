import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi, restrictedApi } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, JSON_API } from '../../support/files-api.js';
import { Operator } from '../../support/operator.js';
import { basic } from '../../support/portico.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let api: DirectoryApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new DirectoryApi(server.url, server.headers);
});
afterAll(() => server.dispose());

describe('Get the version of the API', () => {
  it('is served under both prefixes, with and without a trailing slash', async () => {
    for (const base of ['/api/v1', '/v1'])
      for (const path of ['/api_version', '/api_version/']) {
        const answer = await new DirectoryApi(server.url, server.headers, base).get(path);
        expectStatus(answer, 200);
        expect(answer.headers['content-type']).toBe(JSON_API);
        expect(answer.body).toEqual({ data: { type: 'version', id: '1.1' } });
      }
  });

  it('asks for nothing but good credentials', async () => {
    expectStatus(await (await restrictedApi(server, { permissions: [] })).get('/api_version'), 200);
    const operator = new Operator(server);
    const client = await operator.oauthClient(await operator.user({}), ['PUBLISH_FILE']);
    const bearer = { Authorization: `Bearer ${await operator.token(client)}` };
    expectStatus(await new DirectoryApi(server.url, bearer).get('/api_version'), 200);
  });

  it('is 401 without them', async () => {
    const { key, secret, firmId } = server.credentials;
    const strangers: Record<string, string>[] = [
      {},
      { Authorization: basic(key, secret) },
      { Authorization: basic(key, `${secret}x`), 'Addepar-Firm': firmId },
      { Authorization: 'Bearer x' },
    ];
    for (const headers of strangers)
      expectRefusal(await new DirectoryApi(server.url, headers).get('/api_version'), 401, { code: 'unauthenticated' });
  });

  it('refuses parameters with 400 and other methods with 405', async () => {
    expectRefusal(await api.get('/api_version?include=x'), 400, { source: { parameter: 'include' } });
    expectRefusal(await api.delete('/api_version'), 405);
  });
});
