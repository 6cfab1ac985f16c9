import type { IncomingHttpHeaders } from 'node:http';

/** What browsers and mail programs say when they fetch before anybody has asked. */
const HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Whether a program fetches this ahead, or to show a preview: nobody looks at it yet. */
export function isPrefetch(headers: IncomingHttpHeaders): boolean {
  return HEADERS.some((name) => /prefetch|preview/i.test(String(headers[name] ?? '')));
}
