import type { NextFunction, Request, Response } from 'express';
import type Provider from 'oidc-provider';
import type { Config } from '../../platform/config/config.js';
import { INTERACTIONS } from './authorization-server.js';

const DISCOVERY = '/.well-known/openid-configuration';

/**
 * Hands the addresses of the authorization server to it, before anything reads the body; the pages on which people sign
 * in are ours. Where an outside issuer is trusted there is no authorization server: 404.
 */
export function serveOAuth(provider: Provider | null, { publicUrl, issuer }: Pick<Config, 'publicUrl' | 'issuer'>) {
  const serve = provider?.callback();
  const isOurs = (path: string) => path.startsWith('/oauth2/') || path === DISCOVERY;
  return (request: Request, response: Response, next: NextFunction): void => {
    const { path } = request;
    if (!isOurs(path) || (serve && path.startsWith(`${INTERACTIONS}/`))) next();
    else if (serve) {
      sayHowItCame(request, new URL(publicUrl));
      void serve(request, response);
    } else tellIssuer(response, issuer?.url ?? '');
  };
}

/** A proxy that ends TLS hands the host on; what callers claim in these headers themselves counts for nothing. */
function sayHowItCame({ headers }: Request, { host, protocol }: URL): void {
  delete headers['x-forwarded-host'];
  headers['x-forwarded-proto'] = headers.host === host ? protocol.slice(0, -1) : 'http';
}

function tellIssuer(response: Response, issuer: string): void {
  response.statusCode = 404;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ error: 'not_found', error_description: `Tokens are issued by ${issuer}` }));
}
