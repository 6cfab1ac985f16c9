/** A value by which a list is filtered: ids, days and instants as text. */
export type FilterValue = string | number | boolean | null;

/** What part of a list is asked for, and in which order. Rows that are alike in `sort` are in the order of their ids. */
export interface ListRequest<F extends string = string> {
  readonly limit: number;
  readonly offset: number;
  readonly sort: { readonly field: F; readonly order: 'asc' | 'desc' };
  /** Of each field, the values of which a row has one; null stands for none. */
  readonly filters: ReadonlyMap<F, readonly FilterValue[]>;
}

/** A part of a list, and how many there are in all. */
export interface CountedList<T> {
  readonly items: readonly T[];
  readonly total: number;
}
