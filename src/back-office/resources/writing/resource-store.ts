import type { Actor } from '@portico/domain/kernel';
import type { Resource } from '../declaration/resource.js';
import { columnOf, hasClient } from '../declaration/resource.js';
import { type ReferenceTarget, TARGETS } from '../declaration/targets.js';
import type { LookUp } from '../declaration/telling.js';
import { isVisible, isVisibleTarget, ownerColumn, ownerOf } from '../reading/visibility.sql.js';
import { applied, type AppliedRow, type Application } from './apply.sql.js';
import type { Found, StoredRow } from './draft.js';
import { type LookedUp, lookedUp } from './look-up.sql.js';
import type { Statements } from '../../../platform/database/statements.js';

/** By which rows are looked up: their ids, or the other system's names. */
export interface Keys {
  readonly ids?: readonly string[];
  readonly externalIds?: readonly string[];
}

/** An array as PostgreSQL writes it. */
export const arrayOf = (values: Iterable<string>): string =>
  `{${[...values].map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/**
 * The rows of all resources as they are written: each method is one statement of the running transaction, whatever the
 * number of rows. Rows are locked in the order of their ids, those of owners before those of what they own.
 */
export class ResourceStore {
  constructor(private readonly statements: Statements) {}

  /** Locks the owners of those rows, before the rows themselves are. */
  async lockOwners(actor: Actor, resource: Resource, keys: Keys): Promise<void> {
    const owner = ownerOf(resource);
    if (!owner) return;
    const { where, values } = found(keys);
    await this.statements.run(
      `select from ${owner.table} o where o.firm_id = ? and o.id in (
         select t.${ownerColumn(resource)} from ${resource.table} t where t.firm_id = ? and ${where})
       order by o.id for no key update`,
      [actor.firmId, actor.firmId, ...values],
    );
  }

  /** The rows that are there, locked. */
  lock(actor: Actor, resource: Resource, keys: Keys): Promise<StoredRow[]> {
    const { where, values } = found(keys);
    return this.rows(actor, resource, where, values);
  }

  /** The children of owners, and whatever else has one of these names, locked. */
  lockChildren(actor: Actor, child: Resource, owners: readonly string[], keys: Keys): Promise<StoredRow[]> {
    const { where, values } = found(keys);
    const of = `t.${ownerColumn(child)} = any (?::uuid[])`;
    return this.rows(actor, child, `(${of} or ${where})`, [arrayOf(owners), ...values]);
  }

  private async rows(actor: Actor, resource: Resource, where: string, values: string[]): Promise<StoredRow[]> {
    const visible = actor.allDataAccess ? 'true' : isVisible(resource, userOf(actor));
    const clientId = hasClient(resource) ? 't.client_id::text' : 'null';
    return this.statements.run<StoredRow>(
      `select t.id::text as id, t.external_id as "externalId", ${clientId} as "clientId", ${visible} as "isVisible",
         to_jsonb(t) as columns
       from ${resource.table} t where t.firm_id = ? and ${where} order by t.id for no key update of t`,
      [actor.firmId, ...values],
    );
  }

  /** What the references to one table lead to, by id and by name; owners are locked. */
  async find(
    actor: Actor,
    to: ReferenceTarget,
    keys: Required<Keys>,
    isOwner: boolean,
  ): Promise<(Found & { external: string | null })[]> {
    const { external, client, isNumbered } = TARGETS[to];
    const visible = actor.allDataAccess ? 'true' : isVisibleTarget(to, userOf(actor));
    return this.statements.run(
      `select t.id::text as id, t.${external} as external, ${client ? `t.${client}::text` : 'null'} as "clientId"
       from ${to} t
       where t.firm_id = ? and (t.id = any (?::${isNumbered ? 'bigint' : 'uuid'}[]) or t.${external} = any (?::text[]))
         and ${visible}
       ${isOwner ? 'order by t.id for no key update of t' : ''}`,
      [actor.firmId, arrayOf(keys.ids), arrayOf(keys.externalIds)],
    );
  }

  /** Which of these rows would be alike another one of the firm in `fields`: their places in `rows`. */
  async findAlike(
    actor: Actor,
    resource: Resource,
    fields: readonly string[],
    rows: readonly { readonly id: string; readonly columns: Readonly<Record<string, unknown>> }[],
    leaving: readonly string[],
  ): Promise<number[]> {
    const same = fields.map((field) => {
      const column = columnOf(field, resource.fields[field]);
      return isAlwaysThere(resource, field)
        ? `t.${column} = k.${column}`
        : `t.${column} is not distinct from k.${column}`;
    });
    const found = await this.statements.run<{ n: string }>(
      `select (e.n - 1)::text as n
       from jsonb_array_elements(?::jsonb) with ordinality e (v, n)
         cross join lateral jsonb_populate_record(null::${resource.table}, e.v) k
         join ${resource.table} t on t.firm_id = ? and ${same.join(' and ')}
       where t.id <> all (?::uuid[])`,
      [JSON.stringify(rows.map(({ columns }) => columns)), actor.firmId, arrayOf(leaving)],
    );
    return found.map(({ n }) => Number(n));
  }

  /** Adds, changes and removes rows of one resource; answers those that were added or have changed. */
  async apply(actor: Actor, application: Application): Promise<AppliedRow[]> {
    const { added, changed, removed } = application;
    if (added.length + changed.length + removed.length === 0) return [];
    const { sql, values } = applied(actor, application);
    return this.statements.run<AppliedRow>(sql, values);
  }

  /** What is told of those of the rows that clients see. */
  lookUp(actor: Actor, resource: Resource, what: LookUp, ids: readonly string[]): Promise<LookedUp[]> {
    return this.statements.run<LookedUp>(lookedUp(resource, what), [actor.firmId, arrayOf(ids)]);
  }

  async remove(actor: Actor, resource: Resource, id: string): Promise<void> {
    await this.statements.run(`delete from ${resource.table} where firm_id = ? and id = ?`, [actor.firmId, id]);
  }
}

/** The id stands in the text twice, so it does as itself: it is a number. */
const userOf = (actor: Actor): string => `${BigInt(actor.userId)}`;

const isAlwaysThere = (resource: Resource, field: string): boolean => {
  const declared = resource.fields[field];
  return field === 'clientId' || Boolean(declared?.required) || declared?.default !== undefined;
};

function found({ ids = [], externalIds = [] }: Keys): { where: string; values: string[] } {
  const parts = [
    ...(ids.length > 0 ? ['t.id = any (?::uuid[])'] : []),
    ...(externalIds.length > 0 ? ['t.external_id = any (?::text[])'] : []),
  ];
  const values = [ids, externalIds].filter((list) => list.length > 0).map(arrayOf);
  return { where: parts.length === 0 ? 'false' : `(${parts.join(' or ')})`, values };
}
