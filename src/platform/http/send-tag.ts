import type { Response } from 'express';
import { ifMatchHolds, ifNoneMatchHolds, preconditionFailed, tagOf } from './entity-tags.js';

/** Puts the tag of `shown` on an answer that is not itself what the GET of the resource shows. */
export function setTag(response: Response, shown: object | string): void {
  response.setHeader('ETag', tagOf(shown));
}

/**
 * Puts the tag of `shown` on the answer, unless it has one. A GET or HEAD whose conditions call for it (RFC 9110, section
 * 13.2.2) is answered here: true says that it is.
 * @throws DomainError `precondition_failed`
 */
export function sendTag(response: Response, shown: object | string): boolean {
  const { method, headers } = response.req;
  const tag = response.hasHeader('ETag') ? String(response.getHeader('ETag')) : tagOf(shown);
  const isRead = method === 'GET' || method === 'HEAD';
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (isRead && ifMatch !== undefined && !ifMatchHolds(ifMatch, tag)) throw preconditionFailed('If-Match');
  response.setHeader('ETag', tag);
  if (!isRead) return false;
  response.setHeader('Cache-Control', 'private, no-cache');
  if (ifNoneMatch === undefined || ifNoneMatchHolds(ifNoneMatch, tag)) return false;
  response.status(304).end();
  return true;
}
