import type { ClientBase } from 'pg';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

const FOREIGN_KEYS = `
  select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2`;
const TRIGGERS = `
  select tgrelid::regclass::text as "table", quote_ident(tgname) as name
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = current_schema()::regnamespace and not tgisinternal and tgenabled = 'O' order by 1, 2`;

/**
 * Runs `load` while no trigger fires and no foreign key is looked at, and has both again afterwards, in the running
 * transaction: each row of a foreign key is then looked up, all at once. It takes no more than to own the tables.
 * @throws what `load` throws; Error of PostgreSQL when a row points at one that is not there
 */
export async function loosened<T>(client: ClientBase, load: () => Promise<T>): Promise<T> {
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS);
  const { rows: triggers } = await client.query<{ table: string; name: string }>(TRIGGERS);
  for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${name}`);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  const result = await load();
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { table, name } of triggers) await client.query(`alter table ${table} enable trigger ${name}`);
  return result;
}
