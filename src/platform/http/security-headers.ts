import type { NextFunction, Request, Response } from 'express';

/** Of every answer that says nothing else: what is sent is data, for whoever asked, and is never shown as a page. */
const HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  [
    'Content-Security-Policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  ],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
  ['Cache-Control', 'no-store'],
]);

/** Pages, and content that may be kept, put headers of their own over these. */
export function secureAnswers(_request: Request, response: Response, next: NextFunction): void {
  response.setHeaders(HEADERS);
  next();
}
