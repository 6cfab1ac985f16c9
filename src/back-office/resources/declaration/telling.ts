import type { ContactNotificationType } from '@portico/domain/notifications';

/** A row as the database has it. */
export type Columns = Readonly<Record<string, unknown>>;

/** What is told of a row and does not stand in it: SQL about the row `t`, as it is now. */
export interface LookUp {
  /** Whether clients see the row. */
  readonly isSeen?: string;
  /** The ids of the contacts who are told: a subquery. Without it they are those of `to`. */
  readonly contacts?: string;
  /** What the text names. */
  readonly names: Readonly<Record<string, string>>;
}

/** Of what clients are told when a row is written, and whom. */
export interface Telling {
  readonly type: ContactNotificationType;
  /**
   * Whether what became of the row is something to tell; `before` is null for a new row. Other systems send their rows
   * again and again, so it must not hold for one that stays as it was.
   */
  readonly when: (before: Columns | null, after: Columns) => boolean;
  /** The contacts of its client, all contacts of the firm, or the contact in this column. */
  readonly to: 'client' | 'firm' | { readonly column: string };
  /** What the text names, out of the row. */
  readonly names?: (row: Columns) => Columns;
  /** Asked for all rows in one statement. */
  readonly lookUp?: LookUp;
  /** What it is about, when that is not the row itself: its kind, and the column with its id. */
  readonly about?: { readonly type: string; readonly column: string };
}

/** It has one of these values now and had none of them before. */
export const becomes =
  (column: string, ...values: readonly unknown[]): Telling['when'] =>
  (before, after) =>
    values.includes(after[column]) && !(before && values.includes(before[column]));
