import { createHash } from 'node:crypto';
import { DomainError } from '@portico/domain/kernel';

/** One tag of a list (RFC 9110, section 8.8.3): commas inside of the quotes are its own. */
const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/** The strong tag of what is shown of a resource; text is JSON already. The same text has the same tag. */
export function tagOf(shown: object | string): string {
  const json = typeof shown === 'string' ? shown : JSON.stringify(shown);
  return `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`;
}

/**
 * Whether what `If-Match` says holds of a resource with this tag, which is null when there is nothing to see (RFC 9110,
 * section 13.1.1): weak tags never match.
 */
export function ifMatchHolds(header: string, tag: string | null): boolean {
  return tag !== null && (header.trim() === '*' || tagsIn(header).includes(tag));
}

/** Whether what `If-None-Match` says holds (RFC 9110, section 13.1.2): a weak tag matches the strong one. */
export function ifNoneMatchHolds(header: string, tag: string | null): boolean {
  if (tag === null) return true;
  return header.trim() !== '*' && !tagsIn(header).some((one) => one.replace(/^W\//, '') === tag);
}

const tagsIn = (header: string): readonly string[] => header.match(TAG) ?? [];

/** What is answered when a condition does not hold. */
export const preconditionFailed = (header: 'If-Match' | 'If-None-Match'): DomainError =>
  new DomainError('precondition_failed', 'precondition_failed', `${header} names another state than the current one`, {
    header,
  });
