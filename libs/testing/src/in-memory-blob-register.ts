import { BlobRegister } from '@portico/domain/files';
import type { BlobKey } from '@portico/domain/kernel';

export class InMemoryBlobRegister extends BlobRegister {
  /** `rows` are the keys that some row points at. */
  constructor(private readonly rows: ReadonlySet<BlobKey>) {
    super();
  }

  withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
    return Promise.resolve(keys.filter((key) => !this.rows.has(key)));
  }

  async ifStillWithoutRow(key: BlobKey, remove: () => Promise<void>): Promise<boolean> {
    if (this.rows.has(key)) return false;
    await remove();
    return true;
  }
}
