import type { CountedList, FilterValue, ListRequest } from '@portico/domain/kernel';
import type { Conditions } from './conditions.js';
import type { Database } from './database.js';
import { prepared } from './prepared.js';

/** What a field of a list is in SQL, and the type in which its values are compared. */
export interface ListColumn {
  readonly sql: string;
  readonly type: 'text' | 'bigint' | 'boolean' | 'integer' | 'date' | 'timestamptz' | 'uuid';
}
export type ListColumns<F extends string> = Readonly<Record<F, ListColumn>>;

/** Adds what the filters ask for. Instants are compared as they are shown, in whole seconds. */
export function addFilters<F extends string>(
  where: Conditions,
  filters: ReadonlyMap<F, readonly FilterValue[]>,
  columns: ListColumns<F>,
): void {
  for (const [field, values] of filters) {
    const { sql, type } = columns[field];
    const given = values.filter((value) => value !== null);
    const compared = type === 'timestamptz' ? `date_trunc('second', ${sql})` : sql;
    const isOne = `${compared} = any (${where.value(given)}::${type}[])`;
    where.and(given.length === values.length ? isOne : `(${sql} is null or ${isOne})`);
  }
}

/** The part of a list that `request` asks for; `id` is the SQL of what decides between rows that are alike. */
export async function countedList<Row extends object>(
  database: Database,
  { select, from, where, id }: { select: string; from: string; where: Conditions; id: string },
  { limit, offset, sort }: Pick<ListRequest, 'limit' | 'offset'> & { sort: { sql: string; order: 'asc' | 'desc' } },
): Promise<CountedList<Row>> {
  const { order } = sort;
  const counting = `select count(*)::integer as total from ${from} where ${where.text}`;
  const conditions = [...where.values];
  const [most, skipped] = [where.value(limit), where.value(offset)];
  const text = `select count(*) over ()::integer as total, ${select} from ${from} where ${where.text}
    order by ${sort.sql} ${order} nulls last, ${id} ${order} limit ${most} offset ${skipped}`;
  const rows = await database.list<Row & { total: number }>(prepared(text), where.values);
  const items = rows.map(({ total: _total, ...row }) => row as unknown as Row);
  const [first] = rows;
  if (first || offset === 0) return { items, total: first?.total ?? 0 };
  const [all] = await database.list<{ total: number }>(prepared(counting), conditions); // beyond the end
  return { items, total: all?.total ?? 0 };
}
