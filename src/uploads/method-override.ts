import type { NextFunction, Response } from 'express';
import type { ObservedRequest } from '../platform/http/observed-request.js';

const METHODS = new Set(['PATCH', 'DELETE', 'HEAD']);

/**
 * For callers whose surroundings know GET and POST alone: what `X-HTTP-Method-Override` names is the method of a POST to
 * an upload (TUS 1.0, "Core Protocol").
 */
export function overrideMethod(request: ObservedRequest, _response: Response, next: NextFunction): void {
  const method = request.headers['x-http-method-override'];
  if (typeof method === 'string' && request.method === 'POST' && METHODS.has(method) && isOfUpload(request.path))
    request.method = method;
  next();
}

const isOfUpload = (path: string): boolean => path.toLowerCase().startsWith('/v1/uploads/');
