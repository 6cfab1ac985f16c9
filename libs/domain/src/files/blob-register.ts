import type { BlobKey, FileId, FirmId } from '../kernel/index.js';

/** What a row says of the bytes that it points at. */
export interface BlobRow {
  readonly key: BlobKey;
  readonly firmId: FirmId;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Which blobs the rows of any firm point at. The only port that looks across firms: it tells nothing about them. */
export abstract class BlobRegister {
  /** Those of `keys` that no row points at, nor will one of an upload that goes on. */
  abstract withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]>;

  /** How many rows there are, of one firm or with null of all. */
  abstract count(of?: FirmId | null): Promise<number>;

  /**
   * All rows, of one firm or with null of all, in the order of their keys; those that come or go meanwhile may be among
   * them or not.
   */
  abstract rows(of?: FirmId | null): AsyncIterable<BlobRow>;

  /** The row, if there still is one. */
  abstract find(key: BlobKey): Promise<BlobRow | null>;

  /** The files, archived ones included, whose bytes these are: some of them, in order, when there are many. */
  abstract filesOf(firmId: FirmId, key: BlobKey): Promise<readonly FileId[]>;

  /**
   * Runs `remove` while no row can come to point at `key`, unless one does already.
   * Answers whether it ran.
   */
  abstract ifStillWithoutRow(key: BlobKey, remove: () => Promise<void>): Promise<boolean>;
}
