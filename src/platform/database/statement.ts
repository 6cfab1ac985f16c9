import { createHash } from 'node:crypto';

/** An SQL text that PostgreSQL parses once for each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Names `text` after its content, so that the same text is the same prepared statement. */
export function statement(text: string): Statement {
  return { name: createHash('sha256').update(text).digest('base64url').slice(0, 24), text };
}
