import { type BlobEntry, type BlobKey, type BlobStore, DomainError, type FirmId, WrongBytes } from '../kernel/index.js';
import type { BlobRow } from './blob-register.js';
import { inStep } from './in-step.js';

/** Why a blob was not copied: it is not there, it is not what its row says, or a storage did not answer. */
export const COPY_FAULTS = ['missing', 'damaged', 'unavailable'] as const;
export type CopyFault = (typeof COPY_FAULTS)[number];

/** A blob that was not copied. */
export interface UncopiedBlob {
  readonly fault: CopyFault;
  readonly key: BlobKey;
  readonly firmId: FirmId;
  /** What was said when it was tried. */
  readonly reason: string;
}

export interface CopyBlobsInput {
  /** What is to be copied, in the order of the keys. */
  readonly rows: AsyncIterable<BlobRow>;
  readonly from: BlobStore;
  readonly to: BlobStore;
  /** Whether the bytes that are there already are read and hashed, and not their size alone compared. */
  readonly isDeep: boolean;
  /** How many are copied side by side. */
  readonly atOnce: number;
  /** Asked before each blob: what is under way is finished, and nothing more begun. */
  readonly isStopping?: () => boolean;
  /** After each blob, copied or not. */
  readonly onDone?: () => void;
  readonly onFault?: (blob: UncopiedBlob) => void;
}

/** How many blobs and bytes were copied, how many blobs were there already, and how many failed. */
export type BlobCopies = Readonly<Record<CopyFault, number>> & {
  readonly copied: number;
  readonly copiedBytes: number;
  readonly present: number;
};

const TRIES = 3;
/** Of blobs one after the other that a storage does not answer for: then it is away. */
const PATIENCE = 20;

/** Copies blobs under their own keys from one storage to another, so that rows may point at either. */
export class CopyBlobs {
  /**
   * Compares each with the hash in its row on the way. What is at its destination already is not copied again, so that
   * a second run goes on where the first was broken off. Memory does not grow with the number of blobs.
   * @throws DomainError `storage_full`, or `storage_unavailable` when a storage stays away
   */
  async execute(input: CopyBlobsInput): Promise<BlobCopies> {
    const copying = new Copying(input);
    for await (const [row, entry] of inStep(input.rows, input.to.entries())) {
      if (copying.failure !== null || input.isStopping?.()) break;
      if (row) await copying.begin(row, entry);
    }
    return copying.end();
  }
}

/** One run. */
class Copying {
  /** What ends it. */
  failure: { readonly error: unknown } | null = null;
  private readonly counts = { copied: 0, copiedBytes: 0, present: 0, missing: 0, damaged: 0, unavailable: 0 };
  private readonly underWay = new Set<Promise<void>>();
  private unanswered = 0;

  constructor(private readonly input: CopyBlobsInput) {}

  /** Waits until there is room for one more. */
  async begin(row: BlobRow, entry: BlobEntry | null): Promise<void> {
    const copy = this.copy(row, entry).catch((error: unknown) => {
      this.failure ??= { error };
    });
    this.underWay.add(copy);
    void copy.finally(() => this.underWay.delete(copy));
    if (this.underWay.size >= this.input.atOnce) await Promise.race(this.underWay);
  }

  async end(): Promise<BlobCopies> {
    await Promise.all(this.underWay);
    if (this.failure) throw this.failure.error;
    return this.counts;
  }

  private async copy(row: BlobRow, entry: BlobEntry | null): Promise<void> {
    if (entry !== null && (await this.isRight(row, entry))) this.counts.present++;
    else await this.transfer(row);
    this.input.onDone?.();
  }

  private async isRight({ key, bytes, sha256 }: BlobRow, entry: BlobEntry): Promise<boolean> {
    return entry.bytes === bytes && (!this.input.isDeep || (await this.input.to.hash(key, bytes)) === sha256);
  }

  private async transfer(row: BlobRow): Promise<void> {
    const error = await this.faultOf(row, TRIES);
    if (error === null) {
      this.unanswered = 0;
      this.counts.copied++;
      this.counts.copiedBytes += row.bytes;
      return;
    }
    const fault = kindOf(error);
    if (fault === null || (fault === 'unavailable' && ++this.unanswered >= PATIENCE)) throw error;
    this.counts[fault]++;
    this.input.onFault?.({ fault, key: row.key, firmId: row.firmId, reason: error.message });
  }

  /** Null when it was copied; what may pass is tried again. */
  private async faultOf(row: BlobRow, tries: number): Promise<Error | null> {
    const { from, to } = this.input;
    try {
      await to.putAs(row, (take) => from.read(row.key, { start: 0, end: row.bytes - 1 }, take));
      return null;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const mayPass = ['damaged', 'unavailable'].includes(kindOf(error) ?? '');
      return mayPass && tries > 1 ? this.faultOf(row, tries - 1) : error;
    }
  }
}

/** Null: it is not about this blob. */
function kindOf(error: Error): CopyFault | null {
  if (error instanceof WrongBytes) return 'damaged';
  if (!(error instanceof DomainError) || error.kind !== 'unavailable' || error.code === 'storage_full') return null;
  return error.code === 'blob_missing' ? 'missing' : 'unavailable';
}
