/** One page of a list in ascending id order. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor after which the next page begins; null on the last page. */
  readonly next: string | null;
}

/** Which page: at most `limit` rows with an id greater than `after`. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
}

/** Makes the page out of rows of which one more than `limit` was asked for. */
export function pageOf<T extends { readonly id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.length > limit ? rows.slice(0, limit) : rows;
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
