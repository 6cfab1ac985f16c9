import { type Statement, statement } from './statement.js';

const statements = new Map<string, Statement>();

/** The statement of `text`, made once. For texts of which there are few: values are never part of them. */
export function prepared(text: string): Statement {
  let known = statements.get(text);
  if (!known) statements.set(text, (known = statement(text)));
  return known;
}
