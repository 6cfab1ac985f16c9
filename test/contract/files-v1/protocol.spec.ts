import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { expectRefusal, expectStatus, type FileResource, FilesApi, JSON_API } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { exchange } from '../../support/raw-http.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
let file: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  file = await api.create('a.txt');
});
afterAll(() => server.dispose());

describe('Media types', () => {
  it.each(['text/html', 'application/xml', 'image/*', 'application/json', `${JSON_API}; ext="x"`, 'nonsense', ''])(
    'an Accept of "%s" is never refused, and the answer is JSON:API, bare of parameters',
    async (accept) => {
      for (const path of ['/files', `/files/${file.id}`, '/archive/files']) {
        const answer = await api.get(path).set('Accept', accept);
        expectStatus(answer, 200);
        expect(answer.headers['content-type']).toBe(JSON_API);
      }
      expectRefusal(await api.get('/files/999999999').set('Accept', accept), 404);
    },
  );

  it.each([JSON_API, 'application/json', 'text/plain'])(
    'a GET may name %s as its type, for it has no body',
    async (type) => {
      expectStatus(await api.get('/files').set('Content-Type', type), 200);
    },
  );

  it('a body in an unknown encoding is refused in our words', async () => {
    const answer = await api.patchRaw(`/files/${file.id}`, '{}').set('Content-Encoding', 'unheard-of');
    expectRefusal(answer, 415);
  });
});

describe('Errors', () => {
  it.each(['/files/x/y/z', '/nothing', '/files/1/relationships/colours', '/', ''])(
    'an address that does not exist (%s) is 404',
    async (path) => {
      for (const base of ['/api/v1', '/v1']) {
        const there = new FilesApi(server.url, server.headers, base);
        expectRefusal(await there.get(path), 404, { code: 'route_not_found' });
        expectRefusal(await there.post(path), 404, { code: 'route_not_found' });
      }
    },
  );

  const allowed = [
    ['PUT', () => '/files', 'GET, HEAD, POST'],
    ['PATCH', () => '/files', 'GET, HEAD, POST'],
    ['DELETE', () => '/files/', 'GET, HEAD, POST'],
    ['POST', () => `/files/${file.id}`, 'DELETE, GET, HEAD, PATCH'],
    ['PUT', () => `/files/${file.id}/`, 'DELETE, GET, HEAD, PATCH'],
    ['POST', () => `/files/${file.id}/download`, 'GET, HEAD'],
    ['DELETE', () => `/files/${file.id}/download`, 'GET, HEAD'],
    ['POST', () => '/archive/files', 'GET, HEAD'],
    ['PATCH', () => `/archive/files/${file.id}`, 'GET, HEAD'],
    ['GET', () => `/archive/files/${file.id}/restore`, 'POST'],
  ] as const;
  it.each(allowed)('%s is 405 where the address knows other methods', async (method, path, allow) => {
    for (const base of ['/api/v1', '/v1']) {
      const answer = await exchange(server.url, { method, path: base + path(), headers: server.headers });
      expect({ status: answer.status, allow: answer.headers.allow, type: answer.headers['content-type'] }).toEqual({
        status: 405,
        allow,
        type: JSON_API,
      });
      expect(JSON.parse(answer.body)).toMatchObject({
        errors: [{ id: answer.headers['x-request-id'], status: '405', title: 'Method Not Allowed' }],
      });
    }
  });

  it('a path that is not properly encoded is 400 or 404, never 500', async () => {
    for (const path of ['/api/v1/files/%zz', '/v1/files/%E0%A4%A', '/v1/%c0%ae/files']) {
      const answer = await exchange(server.url, { path, headers: server.headers });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers['content-type']).toBe(JSON_API);
    }
  });

  it('a query that is odd is refused or read, never 500', async () => {
    for (const query of [
      '%zz=1',
      '[]',
      '=',
      '&&',
      'filter',
      'filter[files][createdAfter',
      'a[b][c][d][e][f][g][h]=1',
      '%00=1',
    ]) {
      const { status } = await exchange(server.url, { path: `/v1/files?${query}`, headers: server.headers });
      expect([200, 400]).toContain(status);
    }
  });
});

describe('X-Request-Id', () => {
  it.each(['my-request-1', '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11', 'a:b.c_d'])(
    '%s of the caller is kept',
    async (id) => {
      const found = await api.get('/files').set('X-Request-Id', id);
      expect(found.headers['x-request-id']).toBe(id);
      const refused = await api.get('/files/999999999').set('X-Request-Id', id);
      expectRefusal(refused, 404, { id });
    },
  );

  it.each(['a b', 'a'.repeat(500), '<script>', '{"a":1}', ''])('"%s" of the caller is replaced', async (id) => {
    const answer = await api.get('/files/999999999').set('X-Request-Id', id);
    expectRefusal(answer, 404);
    expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{8,128}$/);
    expect(answer.headers['x-request-id']).not.toBe(id);
  });

  it('is another one for each request, is in the log, and is there without credentials too', async () => {
    const answers = [await api.get('/files'), await api.get('/files'), await supertest(server.url).get('/v1/files')];
    const ids = answers.map((answer) => answer.headers['x-request-id'] ?? '');
    expect(new Set(ids).size).toBe(3);
    // The line is written after the answer.
    for (const id of ids) await until(`${id} in the log`, () => server.output.includes(`"requestId":"${id}"`));
  });
});

describe('What an answer never tells', () => {
  it('the software behind it', async () => {
    expect((await api.get('/files')).headers['x-powered-by']).toBeUndefined();
  });

  it('a secret, in the log', async () => {
    const { key, secret } = server.credentials;
    await api.get('/files');
    expect(server.output).not.toContain(secret);
    expect(server.output).not.toContain(Buffer.from(`${key}:${secret}`).toString('base64'));
  });
});
