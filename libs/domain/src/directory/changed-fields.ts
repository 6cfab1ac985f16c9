/** What a change did, field by field, as the history keeps it. */
export type ChangedFields = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

/** Those fields of `given` that differ from what `record` has; undefined means not given. */
export function changedFields<T extends object>(record: T, given: Partial<T>): ChangedFields {
  const before = record as Readonly<Record<string, unknown>>;
  const changed = Object.entries(given).filter(([field, to]) => to !== undefined && to !== before[field]);
  return Object.fromEntries(changed.map(([field, to]) => [field, { from: before[field], to }]));
}
