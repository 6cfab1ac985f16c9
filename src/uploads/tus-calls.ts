import type { NextFunction, Response } from 'express';
import type { ObservedRequest } from '../platform/http/observed-request.js';

export const TUS_VERSION = '1.0.0';
const METHODS = new Set(['PATCH', 'DELETE', 'HEAD']);

/**
 * What the protocol wants of every call, before anybody may refuse it (TUS 1.0, "Core Protocol"): the answer names the
 * version, and what `X-HTTP-Method-Override` names is the method of a POST to an upload, for callers whose surroundings
 * know GET and POST alone.
 */
export function speakTus(request: ObservedRequest, response: Response, next: NextFunction): void {
  const path = request.path.toLowerCase();
  if (path === '/v1/uploads' || path.startsWith('/v1/uploads/')) {
    response.setHeader('Tus-Resumable', TUS_VERSION);
    const method = request.headers['x-http-method-override'];
    const isOfOne = path.length > '/v1/uploads/'.length;
    if (typeof method === 'string' && request.method === 'POST' && METHODS.has(method) && isOfOne)
      request.method = method;
  }
  next();
}
