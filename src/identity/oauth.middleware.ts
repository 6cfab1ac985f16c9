import type { NextFunction, Request, Response } from 'express';
import type Provider from 'oidc-provider';

/** Hands the addresses of the authorization server to it, before anything reads the body. */
export function serveOAuth(provider: Provider) {
  const serve = provider.callback();
  return (request: Request, response: Response, next: NextFunction): void => {
    const { path } = request;
    if (path.startsWith('/oauth2/') || path === '/.well-known/openid-configuration') void serve(request, response);
    else next();
  };
}
