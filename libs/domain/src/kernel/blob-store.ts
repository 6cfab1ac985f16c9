import type { Readable } from 'node:stream';
import type { BlobKey } from './ids.js';

/** What arrived: measured while it was written. */
export interface StoredBlob {
  readonly key: BlobKey;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Both ends are included, as in RFC 9110, section 14.1.2. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Takes a piece of a blob. Its memory is used again as soon as the promise is settled. */
export type TakeBytes = (piece: Uint8Array) => Promise<void>;

/** Hands over all bytes of a blob, piece by piece and in order. */
export type GiveBytes = (take: TakeBytes) => Promise<void>;

/** Other bytes came than were announced. */
export class WrongBytes extends Error {}

/** A blob as the store knows it. */
export interface BlobEntry {
  readonly key: BlobKey;
  readonly bytes: number;
  readonly writtenAt: Date;
}

/** Bytes under generated keys. Nothing is ever overwritten half-way. */
export abstract class BlobStore {
  /**
   * Streams `source` to durable storage under a fresh key. When it answers, the bytes survive a crash; when it
   * throws, nothing of them remains.
   * @throws DomainError `storage_full`, `storage_unavailable` (both `unavailable`), or what `source` throws
   */
  abstract put(source: Readable): Promise<StoredBlob>;

  /**
   * Keeps a copy of a blob under the key that it has elsewhere. Under that key the bytes appear all at once, in place of
   * others if there are any. When it answers, the store has so many bytes with that hash, and they survive a crash;
   * when it throws, what was under the key before still is.
   * @throws WrongBytes when others are given; DomainError as `put` does, or what `give` throws
   */
  abstract putAs(blob: StoredBlob, give: GiveBytes): Promise<void>;

  /**
   * Hands the bytes in `range` to `take`, piece by piece and in order, and ends when the last piece is done with.
   * @throws DomainError `blob_missing` before the first piece, Error when the blob is shorter, or what `take` throws
   */
  abstract read(key: BlobKey, range: ByteRange, take: TakeBytes): Promise<void>;

  /**
   * The SHA-256 of the first `bytes` of a blob, in lower-case hex, told from the bytes that are there now.
   * @throws as `read` does
   */
  abstract hash(key: BlobKey, bytes: number): Promise<string>;

  abstract has(key: BlobKey): Promise<boolean>;

  /** Removes the bytes; a key that is not there is no error. */
  abstract remove(key: BlobKey): Promise<void>;

  /** Keys last written before `instant`, in no order, leftovers of broken writes included. */
  abstract keysWrittenBefore(instant: Date): AsyncIterable<BlobKey>;

  /** All blobs that are whole as far as the store knows, in the order of their keys. */
  abstract entries(): AsyncIterable<BlobEntry>;

  /** @throws DomainError `storage_unavailable` when nothing can be written */
  abstract check(): Promise<void>;
}
