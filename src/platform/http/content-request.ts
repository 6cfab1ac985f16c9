import type { IncomingHttpHeaders } from 'node:http';
import { type ByteRange, DomainError } from '@portico/domain/kernel';
import { ifMatchHolds, ifNoneMatchHolds, preconditionFailed } from './entity-tags.js';

/** What a conditional request for bytes comes to. */
export type ContentAnswer =
  { readonly status: 200 } | { readonly status: 206; readonly range: ByteRange } | { readonly status: 304 };

/**
 * Decides a GET or HEAD of `bytes` bytes with the strong entity tag `etag`, in the order of RFC 9110, section 13.2.2.
 * Several ranges at once are answered with the whole (section 14.2 allows it).
 * @throws DomainError `precondition_failed` (412), `range_not_satisfiable` (416)
 */
export function answerTo(headers: IncomingHttpHeaders, etag: string, bytes: number): ContentAnswer {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = headers;
  if (ifMatch !== undefined && !ifMatchHolds(ifMatch, etag)) throw preconditionFailed('If-Match');
  if (ifNoneMatch !== undefined && !ifNoneMatchHolds(ifNoneMatch, etag)) return { status: 304 };
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return { status: 200 };
  const asked = rangeIn(range, bytes);
  if (asked === 'unsatisfiable')
    throw new DomainError('range_not_satisfiable', 'range_not_satisfiable', `The content has ${bytes} bytes`, {
      header: 'Range',
    });
  return asked ? { status: 206, range: asked } : { status: 200 };
}

/** The one range of bytes that `header` asks for; null when it asks for something else (RFC 9110, section 14.1.2). */
function rangeIn(header: string, bytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header);
  if (!match) return null;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  if (first === '') {
    if (last === '') return null;
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= bytes) return 'unsatisfiable';
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
