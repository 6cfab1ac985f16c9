import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import type Provider from 'oidc-provider';
import { serveOAuth } from './oauth.middleware.js';

/** What the authorization server gets to see of requests to this path, with these headers. */
function seen(path: string, headers: IncomingHttpHeaders, publicUrl = 'https://portico.example') {
  const served: IncomingHttpHeaders[] = [];
  let passed = 0;
  const provider = { callback: () => (request: Request) => served.push({ ...request.headers }) };
  const serve = serveOAuth(provider as unknown as Provider, { publicUrl, issuer: null });
  serve({ path, headers } as Request, {} as Response, () => passed++);
  return { served, passed };
}

describe('serveOAuth', () => {
  it.each(['/oauth2/authorize', '/oauth2/token', '/oauth2/jwks', '/.well-known/openid-configuration'])(
    'hands %s to the authorization server',
    (path) => {
      expect(seen(path, {})).toMatchObject({ served: [{}], passed: 0 });
    },
  );

  it.each(['/oauth2', '/oauth2/interactions/abc', '/oauth2/interactions/abc/sign-in', '/v1/files', '/docs'])(
    'leaves %s to others',
    (path) => {
      expect(seen(path, {})).toEqual({ served: [], passed: 1 });
    },
  );

  it('says https where a proxy hands on the host of PUBLIC_URL', () => {
    const { served } = seen('/oauth2/authorize', { host: 'portico.example' });
    expect(served).toEqual([{ host: 'portico.example', 'x-forwarded-proto': 'https' }]);
  });

  it('says http for every other host', () => {
    for (const host of ['127.0.0.1:3000', 'portico.example:3000'])
      expect(seen('/oauth2/authorize', { host }).served).toEqual([{ host, 'x-forwarded-proto': 'http' }]);
  });

  it('does not believe what callers claim of how they came', () => {
    const claimed = { host: '127.0.0.1:3000', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' };
    const { served } = seen('/oauth2/authorize', claimed);
    expect(served).toEqual([{ host: '127.0.0.1:3000', 'x-forwarded-proto': 'http' }]);
  });
});
