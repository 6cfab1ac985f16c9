import type { ClientBase } from 'pg';
import { JOBS_SCHEMA } from '../../jobs/job-queue.js';
import { quoted, tablesIn } from './tables.js';

const MIGRATIONS = 'schema_migrations';
const FUNCTIONS = `
  select p.oid::regprocedure::text as name from pg_proc p
  where p.pronamespace = current_schema()::regnamespace and pg_has_role(p.proowner, 'usage')
    and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')`;

/**
 * Why nothing may be loaded into this database; null when it is empty: without tables, or with those of Portico and not
 * a row in them.
 */
export async function reasonNotEmpty(client: ClientBase): Promise<string | null> {
  const names = (await tablesIn(client)).map(({ name }) => name);
  if (names.length > 0 && !names.includes(MIGRATIONS)) return `it holds tables of something else (${names[0]})`;
  for (const name of names.filter((one) => one !== MIGRATIONS))
    if (await hasRows(client, quoted(name))) return `its table ${name} holds rows`;
  const jobs = await client.query<{ is_there: boolean }>(
    `select to_regclass('${JOBS_SCHEMA}.job') is not null as is_there`,
  );
  return jobs.rows[0]?.is_there && (await hasRows(client, `${JOBS_SCHEMA}.job`)) ? 'jobs wait in it' : null;
}

/**
 * Removes the tables and functions of Portico from an empty database, so that the migrations run from the first. Where
 * there are no such tables nothing is removed.
 */
export async function clear(client: ClientBase): Promise<void> {
  await client.query(`delete from ${MIGRATIONS}`);
  const tables = (await tablesIn(client)).filter(({ name }) => name !== MIGRATIONS).map(({ name }) => quoted(name));
  if (tables.length === 0) return;
  await client.query(`drop table ${tables.join(', ')} cascade`);
  const { rows } = await client.query<{ name: string }>(FUNCTIONS);
  for (const { name } of rows) await client.query(`drop function ${name}`);
}

async function hasRows(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ has_rows: boolean }>(`select exists (select from ${table}) as has_rows`);
  return rows[0]?.has_rows ?? false;
}
