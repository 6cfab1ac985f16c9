import type { PartRequest } from '@portico/domain/client-files';
import type { CountedList } from '@portico/domain/kernel';

/** The order of a list; rows that are alike in it are in the order of their ids. */
export function orderOf<F extends string>(
  { field, order }: PartRequest<F>['sort'],
  columns: Readonly<Record<F, string>>,
): string {
  const column = columns[field];
  return `order by ${column} ${order}${column === 'id' ? '' : ', id'}`;
}

/** A row of a part, with the total; a part without rows is one row with the total and nothing else. */
export type Listed<T> = T & { readonly id: unknown; readonly total: string };

/** The part that `rows` are. */
export function partOf<T extends object, Item>(
  rows: readonly Listed<T>[],
  itemOf: (row: T) => Item,
): CountedList<Item> {
  const items = rows.filter(({ id }) => id !== null).map(({ total: _, ...row }) => itemOf(row as unknown as T));
  return { items, total: Number(rows[0]?.total ?? 0) };
}
