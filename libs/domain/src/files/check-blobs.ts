import type { BlobEntry, BlobKey, BlobStore, Clock, FileId, FirmId } from '../kernel/index.js';
import type { BlobRegister, BlobRow } from './blob-register.js';
import { inStep } from './in-step.js';

/** What can be wrong with a blob: a row without bytes, bytes without a row, other bytes than the row says. */
export const BLOB_FAULTS = ['missing', 'orphaned', 'wrong_size', 'wrong_hash'] as const;
export type BlobFault = (typeof BLOB_FAULTS)[number];

/** Something that is wrong. */
export interface BlobFinding {
  readonly fault: BlobFault;
  readonly key: BlobKey;
  /** Null of bytes without a row. */
  readonly firmId: FirmId | null;
  /** Whose bytes they are, archived ones included. */
  readonly fileIds: readonly FileId[];
  /** Whether it was removed, as asked. */
  readonly isRemoved: boolean;
}

export interface CheckBlobsInput {
  /** Whether all bytes are read and hashed. */
  readonly isDeep: boolean;
  /** Whether bytes without a row are removed; nothing else ever is. */
  readonly removesOrphans: boolean;
  /** Bytes younger than this are on their way: their row may come. */
  readonly graceSeconds: number;
  readonly onFinding?: (finding: BlobFinding) => void;
  /** After each blob, or row without one. */
  readonly onChecked?: () => void;
}

/** How many blobs were looked at, and how many of them had which fault. */
export type BlobCheck = Readonly<Record<BlobFault, number>> & { readonly checked: number; readonly removed: number };

/** Compares what the rows say with what the store holds (contract, section 8: "a row never points at missing bytes"). */
export class CheckBlobs {
  constructor(
    private readonly blobs: BlobStore,
    private readonly register: BlobRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * Works while others write: what seems wrong is looked at once more before it is told. Both sides are read in the
   * order of their keys, so that the memory does not grow with them.
   */
  async execute(input: CheckBlobsInput): Promise<BlobCheck> {
    const counts = { checked: 0, removed: 0, missing: 0, orphaned: 0, wrong_size: 0, wrong_hash: 0 };
    const oldEnough = new Date(this.clock.now().getTime() - input.graceSeconds * 1000);
    for await (const [row, entry] of inStep(this.register.rows(), this.blobs.entries())) {
      const fault = row ? await this.faultOf(row, entry, input.isDeep) : await this.orphan(entry, oldEnough);
      if (fault !== null) {
        const finding = await this.finding(fault, row, entry, input.removesOrphans);
        if (finding.isRemoved) counts.removed++;
        counts[fault]++;
        input.onFinding?.(finding);
      }
      counts.checked++;
      input.onChecked?.();
    }
    return counts;
  }

  /** A row that is gone by now has no fault; a blob that was written since the listing began is there. */
  private async faultOf(row: BlobRow, entry: BlobEntry | null, isDeep: boolean): Promise<BlobFault | null> {
    if (entry === null) return (await this.isStillMissing(row)) ? 'missing' : null;
    if (entry.bytes !== row.bytes) return (await this.isStillThere(row)) ? 'wrong_size' : null;
    if (!isDeep || (await this.hashOf(row)) === row.sha256) return null;
    return (await this.isStillThere(row)) ? 'wrong_hash' : null;
  }

  private async isStillMissing(row: BlobRow): Promise<boolean> {
    return !(await this.blobs.has(row.key)) && (await this.isStillThere(row));
  }

  private async isStillThere({ key }: BlobRow): Promise<boolean> {
    return (await this.register.find(key)) !== null;
  }

  /** Null when the bytes can not be read to their end. */
  private async hashOf({ key, bytes }: BlobRow): Promise<string | null> {
    try {
      return await this.blobs.hash(key, bytes);
    } catch (error) {
      if (await this.blobs.has(key)) throw error;
      return null;
    }
  }

  private async orphan(entry: BlobEntry | null, oldEnough: Date): Promise<BlobFault | null> {
    if (entry === null || entry.writtenAt >= oldEnough) return null;
    return (await this.register.withoutRow([entry.key])).length > 0 ? 'orphaned' : null;
  }

  private async finding(
    fault: BlobFault,
    row: BlobRow | null,
    entry: BlobEntry | null,
    removesOrphans: boolean,
  ): Promise<BlobFinding> {
    const key = row?.key ?? entry?.key ?? ('' as BlobKey);
    const isRemoved = fault === 'orphaned' && removesOrphans && (await this.remove(key));
    const fileIds = row ? await this.register.filesOf(row.firmId, key) : [];
    return { fault, key, firmId: row?.firmId ?? null, fileIds, isRemoved };
  }

  private remove(key: BlobKey): Promise<boolean> {
    return this.register.ifStillWithoutRow(key, () => this.blobs.remove(key));
  }
}
