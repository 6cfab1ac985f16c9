import type { Resource } from '../declaration/resource.js';
import type { LookUp } from '../declaration/telling.js';

/** What was looked up of a row. */
export interface LookedUp {
  readonly id: string;
  /** Null: those whom the telling names. */
  readonly contactIds: readonly string[] | null;
  readonly names: Readonly<Record<string, unknown>>;
}

/** Those of the rows that clients see; the values are the firm and the ids. */
export function lookedUp(resource: Resource, { isSeen = 'true', contacts, names }: LookUp): string {
  const pairs = Object.entries(names).map(([name, sql]) => `'${name}', ${sql}`);
  return `select t.id::text as id, ${contacts === undefined ? 'null' : `array(${contacts})::text[]`} as "contactIds",
      jsonb_build_object(${pairs.join(', ')}) as names
    from ${resource.table} t where t.firm_id = ? and t.id = any (?::uuid[]) and ${isSeen}`;
}
