import { fromKysely } from 'pg-boss';
import type { Database } from './database.js';

/**
 * Runs statements in the running unit of work, with their values apart from their texts: the ORM writes values into
 * the text letter by letter, which takes seconds for the rows of a large call.
 */
export class Statements {
  constructor(private readonly database: Database) {}

  /** `text` has a question mark for each of `values`, in their order. */
  async run<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    let place = 0;
    const numbered = text.replace(/\?/g, () => `$${++place}`);
    const { rows } = await fromKysely(this.database.em.getKysely()).executeSql(numbered, [...values]);
    return rows as Row[];
  }
}
