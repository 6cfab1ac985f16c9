import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { backOfficeErrors } from '../resource.errors.js';

/** Sends JSON that is text already. */
export function sendJson(response: Response, status: number, json: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', Buffer.byteLength(json));
  response.end(json);
}

/** Sends one row with its tag; 304 when the caller has it already. */
export function sendRow(response: Response, json: string, status = 200): void {
  const tag = tagOf(json);
  response.setHeader('ETag', tag);
  const isKnown = response.req.method === 'GET' && isAmong(response.req.headers['if-none-match'], tag);
  if (!isKnown) return sendJson(response, status, json);
  response.statusCode = 304;
  response.end();
}

/** The tag of what is shown of a row (RFC 9110, section 8.8.3). */
export function tagOf(json: string): string {
  return `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`;
}

/** @throws DomainError `precondition_failed` when a tag is given and it is not that of the row */
export function requireMatch(given: string | undefined, json: string | null): void {
  if (given === undefined || given.trim() === '*') return;
  if (json === null || !isAmong(given, tagOf(json))) throw backOfficeErrors.changed();
}

const isAmong = (given: string | undefined, tag: string): boolean =>
  (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*');
