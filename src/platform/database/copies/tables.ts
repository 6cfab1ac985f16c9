import type { ClientBase } from 'pg';

/**
 * Tables of which no rows belong in a copy of the database, each with the reason. Whatever is not named here is copied:
 * a new table is, without anyone remembering it.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  schema_migrations: 'the migrations write it when the copy is loaded',
  uploads: 'their bytes are not in the copy; whoever sends them begins again',
};

/** How values are written, so that any other server reads the same; until the transaction ends. */
export const COPY_SETTINGS = `
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8'`;

/** A table, with the columns whose values are kept: PostgreSQL works out the others. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The next value that a column of numbers will be given. */
export interface Counter {
  readonly table: string;
  readonly column: string;
  readonly last: string;
  readonly isUsed: boolean;
}

const TABLES = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
  group by c.oid, c.relname order by c.relname collate "C"`;

const COUNTERS = `
  select c.relname as "table", a.attname as "column", format('%I.%I', s.relnamespace::regnamespace, s.relname) as name
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_class c on c.oid = d.refobjid join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    and c.relnamespace = current_schema()::regnamespace
  order by c.relname collate "C", a.attname collate "C"`;

/** All tables of the schema, those of extensions apart, in the order of their names. */
export async function tablesIn(client: ClientBase): Promise<Table[]> {
  return (await client.query<Table>(TABLES)).rows;
}

/** Those of which the rows belong in a copy. */
export function copied(tables: readonly Table[]): Table[] {
  return tables.filter(({ name }) => !(name in LEFT_OUT));
}

/** Where the counters of the copied tables stand: at least behind every row that the transaction sees. */
export async function countersIn(client: ClientBase): Promise<Counter[]> {
  const { rows } = await client.query<{ table: string; column: string; name: string }>(COUNTERS);
  const counters: Counter[] = [];
  for (const { table, column, name } of rows.filter((row) => !(row.table in LEFT_OUT))) {
    const at = await client.query<{ last: string; isUsed: boolean }>(
      `select last_value::text as last, is_called as "isUsed" from ${name}`,
    );
    counters.push(...at.rows.map((row) => ({ table, column, ...row })));
  }
  return counters;
}

/** Has the counters go on where they stood. */
export async function setCounters(client: ClientBase, counters: readonly Counter[]): Promise<void> {
  for (const { table, column, last, isUsed } of counters)
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint, $4)', [
      quoted(table),
      column,
      last,
      isUsed,
    ]);
}

/** A name as SQL takes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
