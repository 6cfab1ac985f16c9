import { sameValue, type Upserted } from '@portico/domain/kernel';
import type { Line, NamedRow } from './import-kind.js';
import type { Fields } from './present-fields.js';

/** How many rows are shown one by one. */
const SHOWN = 20;

/** What becomes of one row: of a new one there is nothing to compare. */
export interface Change {
  readonly line: number;
  readonly externalId: string;
  readonly isNew: boolean;
  readonly fields: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
}

/** What became of the rows of a file. */
export class Tally {
  created = 0;
  updated = 0;
  unchanged = 0;
  /** The first of those that are new or changed, as they came. */
  readonly shown: Change[] = [];
  /** How many rows have another value now, by field. */
  readonly changedFields = new Map<string, number>();

  count({ created, updated, unchanged }: Upserted): void {
    this.created += created;
    this.updated += updated;
    this.unchanged += unchanged;
  }

  /** Compares the fields `names` of rows before and after. */
  compare(
    rows: readonly Line<NamedRow>[],
    names: readonly string[],
    before: ReadonlyMap<string, Fields>,
    after: ReadonlyMap<string, Fields>,
  ): void {
    for (const { line, row } of rows) {
      const externalId = row.externalId.trim().normalize('NFC');
      const [was, is] = [before.get(externalId), after.get(externalId)];
      const fields = was && is ? differences(names, was, is) : [];
      for (const { field } of fields) this.changedFields.set(field, (this.changedFields.get(field) ?? 0) + 1);
      const isToBeShown = this.shown.length < SHOWN && (!was || fields.length > 0);
      if (isToBeShown) this.shown.push({ line, externalId, isNew: !was, fields });
    }
  }
}

function differences(names: readonly string[], was: Fields, is: Fields): Change['fields'] {
  return names
    .filter((field) => !sameValue(was[field], is[field]))
    .map((field) => ({ field, from: was[field], to: is[field] }));
}
