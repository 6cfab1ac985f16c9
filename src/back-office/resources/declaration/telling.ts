import type { ContactNotificationType } from '@portico/domain/notifications';

type Columns = Readonly<Record<string, unknown>>;

/** Of what clients are told when a row is written, and whom. The SQL is about the row `t` of the firm, as it is now. */
export interface Telling {
  readonly type: ContactNotificationType;
  /**
   * Whether what became of the row is something to tell; `before` is null for a new row. Other systems send their rows
   * again and again, so it must not hold for one that stays as it was.
   */
  readonly when: (before: Columns | null, after: Columns) => boolean;
  /** Whether clients see the row. */
  readonly isSeen?: string;
  /** The contacts of its client, all contacts of the firm, or an array of contacts. */
  readonly to: 'client' | 'firm' | { readonly contacts: string };
  /** What the text names. */
  readonly names: Readonly<Record<string, string>>;
  /** What it is about, when that is not the row itself. */
  readonly about?: { readonly type: string; readonly id: string };
}

/** It has one of these values now and had none of them before. */
export const becomes =
  (column: string, ...values: readonly unknown[]): Telling['when'] =>
  (before, after) =>
    values.includes(after[column]) && !(before && values.includes(before[column]));
