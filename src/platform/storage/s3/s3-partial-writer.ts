import { type BlobKey, type PartialBlob, type PartialParts, PartialWriter } from '@portico/domain/kernel';
import type { RunningHash } from '../running-hash.js';

/** 10,000 parts are what S3 takes: 80 GiB. A writer holds one part under way and one that fills. */
const PART_BYTES = 8 * 1024 * 1024;

/** Where parts go. */
export interface PartStore {
  /** Answers the id of the upload. */
  beginParts(key: BlobKey): Promise<string>;
  /** Counted from 1; sent again, a part replaces what was sent under its number. Answers its entity tag. */
  addPart(key: BlobKey, uploadId: string, number: number, body: Uint8Array): Promise<string>;
}

export class S3PartialWriter extends PartialWriter {
  private bytes: number;
  /** What fills the next part; memory is taken as it is needed. */
  private filling: Buffer;
  private filled = 0;
  /** The parts that there are when the one under way is. */
  private parts: Promise<PartialParts | null>;

  constructor(
    private readonly store: PartStore,
    private readonly partial: PartialBlob,
    private readonly hash: RunningHash,
  ) {
    super();
    this.bytes = partial.bytes;
    this.parts = Promise.resolve(partial.parts);
    this.filling = Buffer.allocUnsafeSlow(PART_BYTES);
    if (partial.tail) this.filled = fill(this.filling, 0, partial.tail);
  }

  async write(piece: Uint8Array): Promise<void> {
    this.hash.update(piece);
    for (let done = 0; done < piece.length;) {
      const took = fill(this.filling, this.filled, piece.subarray(done));
      done += took;
      this.filled += took;
      this.bytes += took;
      if (this.filled === PART_BYTES) await this.send();
    }
  }

  async reached(): Promise<PartialBlob> {
    const { bytes, parts } = this;
    const tail = this.filled === 0 ? null : Uint8Array.from(this.filling.subarray(0, this.filled));
    const hash = this.hash.keep();
    return { ...this.partial, bytes, hash, tail, parts: await parts };
  }

  /** A part that is under way may come to its end: its number is used again. */
  async close(): Promise<void> {
    await this.parts.catch(() => undefined);
  }

  /** Sends the part that is full, after the one before it; the memory of that one is free then. */
  private async send(): Promise<void> {
    const body = this.filling;
    const before = await this.parts;
    this.parts = this.sent(before, body);
    this.parts.catch(() => undefined); // told by whoever waits for it
    this.filling = Buffer.allocUnsafeSlow(PART_BYTES);
    this.filled = 0;
  }

  private async sent(before: PartialParts | null, body: Buffer): Promise<PartialParts> {
    const { key } = this.partial;
    const uploadId = before?.uploadId ?? (await this.store.beginParts(key));
    const etags = before?.etags ?? [];
    return { uploadId, etags: [...etags, await this.store.addPart(key, uploadId, etags.length + 1, body)] };
  }
}

/** Copies what there is room for; answers how much. */
function fill(into: Buffer, at: number, from: Uint8Array): number {
  const took = Math.min(from.length, into.length - at);
  into.set(from.subarray(0, took), at);
  return took;
}
