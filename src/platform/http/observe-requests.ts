import { randomUUID } from 'node:crypto';
import type { NextFunction, Response } from 'express';
import type { Logger } from 'pino';
import { BodyFingerprint } from '../idempotency/body-fingerprint.js';
import type { HttpMetrics } from '../observability/http-metrics.js';
import { addressOf } from './caller-address.js';
import type { ObservedRequest } from './observed-request.js';

/** In log and metrics: the caller went away before the answer began. */
const GONE = 499;
const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/**
 * Gives each request its id (the caller's own `X-Request-Id` when it has the form of one), and one line in the log
 * and one observation in the metrics when it ends.
 */
export function observeRequests(logger: Logger, metrics: HttpMetrics) {
  return (request: ObservedRequest, response: Response, next: NextFunction): void => {
    const begun = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && ACCEPTED_ID.test(given) ? given : randomUUID();
    request.requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    const { method } = request;
    const address = addressOf(request); // later the connection may have gone
    // before anything arrives
    if ((method === 'POST' || method === 'PATCH') && request.headers['idempotency-key'] !== undefined)
      request.fingerprint = BodyFingerprint.of(request);
    const url = withoutSecret(request.originalUrl.split('?', 1)[0] ?? '');
    response.once('close', () => {
      const ms = performance.now() - begun;
      const status = response.headersSent ? response.statusCode : GONE;
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      metrics.observe(method, route, status, ms / 1000);
      const { actor, portalActor } = request;
      const caller = actor ?? portalActor;
      const line = {
        requestId,
        method,
        url,
        status,
        ms: Math.round(ms * 10) / 10,
        aborted: response.writableFinished ? undefined : true,
        address,
        firmId: caller?.firmId,
        userId: actor?.userId,
        contactId: portalActor?.contactId ?? undefined,
        credential: caller?.credential.id,
      };
      logger.info(line, 'request');
    });
    next();
  };
}

/** The addresses that mails bear are secrets: who has one acts as their reader. */
function withoutSecret(path: string): string {
  return path.replace(/^(\/unsubscribe\/)[^/]+/, '$1…');
}

/** `/api/v1/…` is `/v1/…` (contract, section 4). */
export function shortenV1(request: ObservedRequest, _response: Response, next: NextFunction): void {
  if (request.url.startsWith('/api/v1/') || request.url.startsWith('/api/v1?') || request.url === '/api/v1')
    request.url = request.url.slice('/api'.length);
  next();
}
