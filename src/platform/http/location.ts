import type { Response } from 'express';
import type { ObservedRequest } from './observed-request.js';

/** Says where a new resource is: `path` below `/v1`, under the same prefix as the request. */
export function sendLocation(request: ObservedRequest, response: Response, path: string): void {
  const prefix = request.originalUrl.startsWith('/api/') ? '/api' : '';
  response.setHeader('Location', `${prefix}${path}`);
}
