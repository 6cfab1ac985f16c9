import type { BlobKey } from '../kernel/index.js';

/** Which blobs the rows of any firm point at. The only port that looks across firms: it tells nothing about them. */
export abstract class BlobRegister {
  /** Those of `keys` that no row points at. */
  abstract withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]>;

  /**
   * Runs `remove` while no row can come to point at `key`, unless one does already.
   * Answers whether it ran.
   */
  abstract ifStillWithoutRow(key: BlobKey, remove: () => Promise<void>): Promise<boolean>;
}
