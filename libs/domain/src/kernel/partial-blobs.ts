import type { BlobKey } from './ids.js';
import type { StoredBlob } from './blob-store.js';

/**
 * How far a blob has come that arrives in pieces. Whoever keeps it keeps all of it, in one step: with it any instance
 * goes on, and what was written beyond `bytes` does not count.
 */
export interface PartialBlob {
  readonly key: BlobKey;
  /** How many bytes are durable and count. */
  readonly bytes: number;
  /** The SHA-256 of those bytes as far as it has come, in a form of the store's own; null before the first. */
  readonly hash: Uint8Array | null;
  /** What a store of objects has of it; null elsewhere, and before there is any. */
  readonly parts: PartialParts | null;
  /** The bytes behind the last whole part, where a store takes whole parts alone. */
  readonly tail: Uint8Array | null;
}

/** Parts of an object that are in the store, in order. */
export interface PartialParts {
  readonly uploadId: string;
  /** The entity tag of each. */
  readonly etags: readonly string[];
}

/** A blob of which nothing has arrived yet. */
export function emptyBlob(key: BlobKey): PartialBlob {
  return { key, bytes: 0, hash: null, parts: null, tail: null };
}

/** Takes the bytes that follow. One at a time writes to a blob; that is for the caller to see to. */
export abstract class PartialWriter {
  /**
   * Takes a piece; its memory may be used again when the promise is settled.
   * @throws DomainError `storage_full`, `storage_unavailable` (both `unavailable`)
   */
  abstract write(piece: Uint8Array): Promise<void>;

  /**
   * How far the blob has come with all that was written before this call, as soon as that survives a crash. More may be
   * written meanwhile; the next call waits for the answer of this one.
   * @throws as `write` does
   */
  abstract reached(): Promise<PartialBlob>;

  /** Lets go of the blob; what was not reached does not count. */
  abstract close(): Promise<void>;
}

/** Bytes that arrive in pieces, over several requests, at the place where they stay: nothing is copied at the end. */
export abstract class PartialBlobs {
  /** A blob under a fresh key, of which nothing has arrived. */
  abstract begin(): PartialBlob;

  /**
   * Goes on where `partial` ends.
   * @throws DomainError `blob_missing` (`unavailable`) when its bytes are gone
   */
  abstract resume(partial: PartialBlob): Promise<PartialWriter>;

  /**
   * Makes a blob of it that the blob store knows, in a time that does not depend on its size. To be called again after
   * a crash; then it answers the same.
   * @throws DomainError `blob_missing`, `storage_full`, `storage_unavailable` (all `unavailable`)
   */
  abstract complete(partial: PartialBlob): Promise<StoredBlob>;

  /** Removes what there is of it; what is not there is no error. */
  abstract drop(partial: Pick<PartialBlob, 'key' | 'parts'>): Promise<void>;
}
