import type { Response } from 'express';
import type { KeptAnswer } from './idempotency-keys.js';

/** What belongs to one exchange and not to the answer. */
const OF_EXCHANGE = /^(?:x-request-id|date|connection|keep-alive|transfer-encoding|content-length|x-ratelimit-.*)$/i;

/**
 * Holds the end of an answer back until `keep` has dealt with it: whoever has the answer can rely on it being kept.
 * Nothing else about the answer changes.
 */
export function catchAnswer(response: Response, keep: (answer: KeptAnswer) => Promise<void>): void {
  const pieces: Buffer[] = [];
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  const gather = (chunk: unknown, encoding: unknown): void => {
    if (chunk instanceof Uint8Array) pieces.push(Buffer.from(chunk));
    else if (typeof chunk === 'string')
      pieces.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
  };
  response.write = ((chunk: unknown, ...rest: unknown[]) => {
    gather(chunk, rest[0]);
    return (write as (...args: unknown[]) => boolean)(chunk, ...rest);
  }) as typeof response.write;
  response.end = ((...args: unknown[]) => {
    if (typeof args[0] !== 'function') gather(args[0], args[1]);
    const { statusCode: status } = response;
    const answer = { status, headers: headersOf(response), body: Buffer.concat(pieces).toString('base64') };
    void keep(answer).finally(() => (end as (...args: unknown[]) => unknown)(...args));
    return response;
  }) as typeof response.end;
}

/** Answers once more what was answered before. */
export function replay(response: Response, { status, headers, body }: KeptAnswer): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length > 0) response.setHeader('Content-Length', bytes.length);
  response.setHeader('Idempotency-Replayed', 'true');
  response.end(bytes);
}

function headersOf(response: Response): Record<string, string> {
  const kept = Object.entries(response.getHeaders()).filter(([name]) => !OF_EXCHANGE.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
