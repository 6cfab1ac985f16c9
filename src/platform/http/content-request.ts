import type { IncomingHttpHeaders } from 'node:http';
import parseRange from 'range-parser';
import { type ByteRange, DomainError } from '@portico/domain/kernel';

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
  if (ifMatch !== undefined && !names(ifMatch, etag, false))
    throw new DomainError('precondition_failed', 'precondition_failed', 'The content is not the one in If-Match', {
      header: 'If-Match',
    });
  if (ifNoneMatch !== undefined && names(ifNoneMatch, etag, true)) return { status: 304 };
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return { status: 200 };
  const ranges = parseRange(bytes, range);
  if (ranges === -1)
    throw new DomainError('range_not_satisfiable', 'range_not_satisfiable', `The content has ${bytes} bytes`, {
      header: 'Range',
    });
  const only = ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1 ? undefined : ranges[0];
  return only ? { status: 206, range: { start: only.start, end: only.end } } : { status: 200 };
}

/** Whether a list of entity tags names `etag`; `weak` compares as If-None-Match does. */
function names(list: string, etag: string, weak: boolean): boolean {
  if (list.trim() === '*') return true;
  return list.split(',').some((tag) => (weak ? tag.trim().replace(/^W\//, '') : tag.trim()) === etag);
}
