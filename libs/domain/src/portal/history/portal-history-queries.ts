import type { ClientId, FirmId } from '../../kernel/index.js';

/** What a field was and what it is; null for nothing, and for what it was while the client did not see it. */
export interface ChangedValue {
  readonly from: unknown;
  readonly to: unknown;
}

/** How many rows of a list were added, changed and removed. */
export interface ChangedRows {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Something that happened to a project, an invoice or a budget, or to a part of one. */
export interface PortalHistoryEntry {
  /** Among all entries of the firm: the greater, the newer. */
  readonly id: string;
  readonly resourceType: 'project' | 'invoice' | 'budget';
  /** A UUID. */
  readonly resourceId: string;
  /** The name that it has now; of an invoice its number. */
  readonly resourceName: string;
  /** `<what>.<past participle>`, for example `invoice_payment.created`. */
  readonly action: string;
  /** By the name of the field (`PUBLIC_FIELDS`). */
  readonly details: Readonly<Record<string, ChangedValue | ChangedRows>>;
  /** The user or contact who did it; null for who is neither. */
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly at: Date;
}

/**
 * Reads of the history that clients see. What is a draft or is removed is not there, nor is what happened while something
 * was a draft, nor a change of nothing that is public; of what is there, only public fields are told.
 */
export abstract class PortalHistoryQueries {
  /** The newest 10 or 50 entries of companies, the newest first. One statement. */
  abstract latest(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    most: 10 | 50,
  ): Promise<readonly PortalHistoryEntry[]>;
}
