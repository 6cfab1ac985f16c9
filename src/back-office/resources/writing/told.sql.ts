import type { Actor } from '@portico/domain/kernel';
import { hasClient, type Resource } from '../declaration/resource.js';
import type { Telling } from '../declaration/telling.js';

/** A row of which people are told: whom it concerns and what it is called. */
export interface ToldRow {
  readonly clientId: string | null;
  /** The contacts, where they are not those of the client or of the firm. */
  readonly contactIds: readonly string[] | null;
  readonly resourceId: string;
  readonly names: Readonly<Record<string, string>>;
}

/** Those of the rows that clients see, in the order of `ids`; the values are the ids and the firm. */
export function toldRows(resource: Resource, { isSeen, to, names, about }: Telling, actor: Actor, ids: string) {
  const pairs = Object.entries(names).map(([name, sql]) => `'${name}', ${sql}`);
  const sql = `
    select ${hasClient(resource) ? 't.client_id::text' : 'null'} as "clientId",
      ${typeof to === 'string' ? 'null' : `array(${to.contacts})::text[]`} as "contactIds",
      ${about?.id ?? 't.id'}::text as "resourceId", jsonb_strip_nulls(jsonb_build_object(${pairs.join(', ')})) as names
    from unnest(?::uuid[]) with ordinality g (id, n) join ${resource.table} t on t.id = g.id
    where t.firm_id = ? and ${isSeen ?? 'true'} order by g.n`;
  return { sql, values: [ids, actor.firmId] };
}
