import type { Response } from 'express';
import { sendTag } from '../../../platform/http/send-tag.js';

/** Sends JSON that is text already. */
export function sendJson(response: Response, status: number, json: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', Buffer.byteLength(json));
  response.end(json);
}

/** Sends one row under its tag; 304 when the caller has it already. @throws DomainError `precondition_failed` */
export function sendRow(response: Response, json: string, status = 200): void {
  if (!sendTag(response, json)) sendJson(response, status, json);
}
