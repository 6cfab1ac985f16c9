import type { INestApplication } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PORTAL = ['X-Portal-Company-Id', 'X-Portal-User-Role', 'X-Portal-User-Id', 'X-Portal-Group-Company-Ids'];
/** What pages may send beside what they always may. */
const ALLOWED = [
  ...['Authorization', 'Content-Type', 'Accept-Language', 'Addepar-Firm', 'Idempotency-Key', 'X-Request-Id'],
  ...['If-Match', 'If-None-Match', 'If-Range', 'Range', ...PORTAL],
  ...['Tus-Resumable', 'Upload-Length', 'Upload-Offset', 'Upload-Metadata', 'Upload-Defer-Length', 'Upload-Checksum'],
  ...['Upload-Concat', 'X-HTTP-Method-Override'],
];
/** What pages may read beside what they always may. */
const EXPOSED = [
  ...['ETag', 'Location', 'Content-Location', 'Content-Disposition', 'Content-Range', 'Accept-Ranges', 'Allow'],
  ...['X-Total-Count', 'X-Request-Id', 'Idempotency-Replayed', 'Retry-After', 'X-RateLimit-Retry-After'],
  ...['WWW-Authenticate', 'Upload-Offset', 'Upload-Length', 'Upload-Expires', 'Upload-Metadata', 'Upload-Checksum'],
  ...['Tus-Resumable', 'Tus-Version', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Checksum-Algorithm'],
];
const CACHED_SECONDS = 3600;
/** The addresses of the authorization server, which by itself lets every page read some of its answers. */
const AUTHORIZATION_SERVER = /^\/(?:oauth2|\.well-known)\//;

/**
 * Lets pages of `origins` read the answers (Fetch standard, section 3.3), without cookies; with no origins nothing tells
 * of them. What asks before a call is answered at once, so that no limit counts it; another OPTIONS goes to its route.
 */
export function allowOrigins(app: INestApplication, origins: readonly string[]): void {
  const allowed = new Set(origins);
  const isAllowed = ({ headers: { origin } }: Request) => origin !== undefined && allowed.has(origin);
  if (allowed.size > 0) {
    app.use((_request: Request, response: Response, next: NextFunction) => {
      response.vary('Origin');
      next();
    });
    app.enableCors((request: Request, done: (error: Error | null, options: object) => void) =>
      done(null, {
        origin: isAllowed(request) && request.headers.origin,
        methods: METHODS,
        allowedHeaders: ALLOWED,
        exposedHeaders: EXPOSED,
        maxAge: CACHED_SECONDS,
        preflightContinue: request.headers['access-control-request-method'] === undefined,
      }),
    );
  }
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (AUTHORIZATION_SERVER.test(request.path) && !isAllowed(request)) keepFromTelling(response);
    next();
  });
}

function keepFromTelling(response: Response): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => (/^access-control-/i.test(name) ? response : setHeader(name, value));
}
