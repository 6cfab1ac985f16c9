import type { Derived } from '../declaration/field.js';

type Table = string;
type Column = string;

/** The name of the user whom a column names. */
export const userName = (column: Column, who: string): Derived => ({
  kind: 'text',
  sql: `(select u.name from users u where u.id = t.${column})`,
  description: `The name of ${who}`,
  nullable: true,
  example: 'Ann Smith',
});

/** The name of the client. */
export const clientName = (nullable = false): Derived => ({
  kind: 'text',
  sql: '(select c.name from clients c where c.id = t.client_id)',
  description: 'The name of the client',
  nullable,
  example: 'Smith Holdings',
});

/** What the row that a column names is called. */
export const nameOf = (table: Table, column: Column, called: Column, example: string): Derived => ({
  kind: 'text',
  sql: `(select x.${called} from ${table} x where x.id = t.${column})`,
  description: 'What it is called',
  nullable: true,
  example,
});

/** How many rows of a table name this one. */
export const countOf = (table: Table, column: Column, description: string): Derived => ({
  kind: 'integer',
  sql: `(select count(*) from ${table} x where x.${column} = t.id)`,
  description,
  example: 0,
});

/** A sum that the database keeps in a column. */
export const kept = (column: Column, description: string, kind: 'money' | 'integer' = 'money'): Derived => ({
  kind,
  sql: `t.${column}`,
  description,
  example: kind === 'money' ? 1250.5 : 1,
});

/** An instant of what was promised of a task that a client asked for; null where nothing was. */
export const serviceTime = (column: string, description: string): Derived => ({
  kind: 'instant',
  sql: `(select s.${column} from task_slas s where s.task_id = t.id)`,
  description: `${description}; null where nothing was promised`,
  nullable: true,
  example: null,
});
