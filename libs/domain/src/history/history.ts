import type { Author, ClientId } from '../kernel/index.js';

/** What happened to what. `details` holds the changed fields, never secrets or bytes. */
export interface HistoryEntry {
  /** `<subject>.<past participle>`, for example `file.renamed`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  /** Whose portal may tell of it. */
  readonly clientId?: ClientId | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The record of every change: who, what, when, from where. It is only ever added to. */
export abstract class History {
  /** Writes `entry` in the running unit of work, so that it stands or falls with the change. */
  record(author: Author, entry: HistoryEntry): Promise<void> {
    return this.recordAll(author, [entry]);
  }

  /** The same for any number of entries, in one statement. */
  abstract recordAll(author: Author, entries: readonly HistoryEntry[]): Promise<void>;
}
