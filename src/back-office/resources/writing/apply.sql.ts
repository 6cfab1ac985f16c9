import type { Actor } from '@portico/domain/kernel';
import { columnOf, hasClient, type Resource } from '../declaration/resource.js';
import { ownerColumn } from '../reading/visibility.sql.js';

/** What is to become of rows of one resource; `columns` holds those columns that are written. */
export interface Application {
  readonly resource: Resource;
  readonly now: Date;
  readonly added: readonly { readonly id: string; readonly columns: Readonly<Record<string, unknown>> }[];
  readonly changed: readonly { readonly id: string; readonly columns: Readonly<Record<string, unknown>> }[];
  readonly removed: readonly string[];
}

/** A row that was added or has changed, with all of its columns afterwards. */
export interface AppliedRow {
  readonly id: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

interface Part {
  readonly name: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * One statement that adds, changes and removes rows. What a row is not given stays: `jsonb_populate_record` lays the
 * given columns over the row. A row that would not change is not written, and not answered.
 */
export function applied(actor: Actor, application: Application): { sql: string; values: unknown[] } {
  const { added, changed, removed } = application;
  const parts = [
    ...(removed.length > 0 ? [removal(actor, application)] : []),
    ...(changed.length > 0 ? [change(actor, application)] : []),
    ...(added.length > 0 ? [addition(actor, application)] : []),
  ];
  const answers = parts.filter(({ name }) => name !== 'removed').map(({ name }) => `select id, columns from ${name}`);
  const last = answers.length > 0 ? answers.join(' union all ') : `select null as id, null as columns where false`;
  return {
    sql: `with ${parts.map(({ name, sql }) => `${name} as (${sql})`).join(', ')} ${last}`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** The columns that a row is written with, beside those that every row has. */
function writtenColumns(resource: Resource): string[] {
  const { fields, isAuthored = false, client } = resource;
  const own = Object.entries(fields).map(([name, field]) => columnOf(name, field));
  return [
    'external_id',
    ...(client === 'ofOwner' ? ['client_id'] : []),
    ...own,
    ...(isAuthored ? ['created_by', 'updated_by'] : []),
  ];
}

/** Who wrote a row last is no change of it. */
const comparedColumns = (resource: Resource): string[] =>
  writtenColumns(resource).filter((column) => column !== 'updated_by' && column !== 'created_by');

const list = (columns: readonly string[], alias: string) => columns.map((column) => `${alias}.${column}`).join(', ');

function removal(actor: Actor, { resource, removed }: Application): Part {
  return {
    name: 'removed',
    sql: `delete from ${resource.table} t using jsonb_array_elements_text(?::jsonb) g (id)
      where t.firm_id = ? and t.id = g.id::uuid returning t.id`,
    values: [JSON.stringify(removed), actor.firmId],
  };
}

function change(actor: Actor, { resource, now, changed }: Application): Part {
  const { table } = resource;
  const [written, compared] = [writtenColumns(resource), comparedColumns(resource)];
  const sets = written.map((column) => `${column} = m.${column}`).join(', ');
  const sql = `update ${table} t set ${sets}, updated_at = ?, version = t.version + 1
    from (select o.id, ${list(written, 'n')}
      from jsonb_to_recordset(?::jsonb) g (id uuid, columns jsonb)
        join ${table} o on o.id = g.id and o.firm_id = ?
        cross join lateral jsonb_populate_record(o, g.columns) n
      where (${list(compared, 'o')}) is distinct from (${list(compared, 'n')})) m
    where t.id = m.id returning t.id::text as id, to_jsonb(t) as columns`;
  return { name: 'changed', sql, values: [now, JSON.stringify(changed), actor.firmId] };
}

function addition(actor: Actor, { resource, now, added }: Application): Part {
  const { table } = resource;
  const written = writtenColumns(resource);
  const sql = `insert into ${table} as t (id, firm_id, created_at, updated_at, ${written.join(', ')})
    select g.id, ?, ?, ?, ${list(written, 'n')}
    from jsonb_to_recordset(?::jsonb) g (id uuid, columns jsonb)
      cross join lateral jsonb_populate_record(null::${table}, g.columns) n
    order by n.external_id, g.id
    returning t.id::text as id, to_jsonb(t) as columns`;
  return { name: 'added', sql, values: [actor.firmId, now, now, JSON.stringify(added)] };
}

/** The columns that lead a child to its owner, and with it to the owner's client. */
export function ownedBy(child: Resource, owner: { id: string; clientId: string | null }): Record<string, unknown> {
  return { [ownerColumn(child)]: owner.id, ...(hasClient(child) && { client_id: owner.clientId }) };
}
