import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { FilesApi } from '../support/files-api.js';
import { exchange } from '../support/raw-http.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

let server: SharedPortico;
let files: FilesApi;
let session: BackOfficeApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  files = new FilesApi(server.url, server.headers);
  session = await BackOfficeApi.of(server);
});
afterAll(() => server.dispose());

const DATA_ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

describe('Every answer of the API', () => {
  const calls: [string, string, () => Record<string, string>, number][] = [
    ['GET', '/v1/files', () => server.headers, 200],
    ['GET', '/api/v1/files/999999999', () => server.headers, 404],
    ['GET', '/v1/files', () => ({}), 401],
    ['PUT', '/v1/files', () => server.headers, 405],
    ['GET', '/v1/portal/publish_files/x', () => server.headers, 404],
    ['GET', '/api/v2/clients', () => ({ ...session.headers }), 200],
    ['GET', '/api/v2/clients/0', () => ({ ...session.headers }), 404],
    ['POST', '/api/v2/signin', () => ({ 'Content-Type': 'application/json' }), 400],
    ['GET', '/api/portal/files', () => ({}), 401],
    ['GET', '/health/live', () => ({}), 200],
    ['GET', '/metrics', () => ({}), 200],
    ['GET', '/nowhere', () => ({}), 404],
    ['GET', '/v1/files/%zz', () => server.headers, 400],
  ];
  it.each(calls)('%s %s is data that nothing keeps, frames or guesses at', async (method, path, headersOf, status) => {
    const { headers, ...answer } = await exchange(server.url, { method, path, headers: headersOf() });
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': DATA_ALONE,
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cache-control': expect.stringMatching(/^(?:no-store|private, no-cache)$/),
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.server).toBeUndefined();
    expect(answer.body).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(|\bselect\b .*\bfrom\b/i);
  });

  it('with tokens in it is never kept: sign-in and the token endpoint', async () => {
    const write = (body: string) => (request: { end: (body: string) => void }) => request.end(body);
    const json = { 'Content-Type': 'application/json' };
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const path = '/api/v2/signin';
    const answers = [
      await exchange(server.url, {
        method: 'POST',
        path,
        headers: json,
        write: write('{"email":"a@b.c","password":"x"}'),
      }),
      await exchange(server.url, {
        method: 'POST',
        path: '/oauth2/token',
        headers: form,
        write: write('grant_type=x'),
      }),
    ];
    for (const { headers } of answers) expect(headers['cache-control']).toMatch(/no-store/);
  });
});

describe('A stored page', () => {
  const pages = [
    ['page.html', 'text/html', '<script>alert(1)</script>'],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['feed.xml', 'application/xml', '<?xml version="1.0"?><x/>'],
    ['drawing.pdf.svg', 'image/svg+xml', '%PDF-1.7 <svg onload="alert(1)"/>'],
  ] as const;
  it.each(pages)('%s is handed over as a file, never shown', async (name, _type, content) => {
    const { id } = await files.create(name, content);
    for (const path of [`/v1/files/${id}/download`, `/api/v1/files/${id}/download`]) {
      const { headers, status, body } = await exchange(server.url, {
        path,
        headers: { ...server.headers, Accept: 'text/html' },
      });
      expect({ status, body }).toEqual({ status: 200, body: content });
      expect(headers).toMatchObject({
        'content-type': 'application/binary',
        'content-disposition': expect.stringMatching(/^attachment; filename="/),
        'x-content-type-options': 'nosniff',
        'content-security-policy': DATA_ALONE,
        'cache-control': 'private, no-cache',
      });
    }
  });

  it.each(['a"b.txt', 'a\\b'.replace('\\', '_') + '.txt', "it's; x=y.txt", 'naïve – 文書.txt'])(
    'named %s can not end the name in the header',
    async (name) => {
      const { id } = await files.create(name);
      const { headers } = await exchange(server.url, { path: `/v1/files/${id}/download`, headers: server.headers });
      const disposition = headers['content-disposition'] ?? '';
      const [, encoded = ''] = /; filename\*=UTF-8''([\w.%~!#$&+^`|-]+)$/.exec(disposition) ?? [];
      expect(decodeURIComponent(encoded)).toBe(name);
      expect(disposition.replace(/\\["\\]/g, '').match(/"/g)).toHaveLength(2);
    },
  );
});
