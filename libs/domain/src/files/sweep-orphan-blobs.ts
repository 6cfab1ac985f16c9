import type { BlobKey, BlobStore, Clock } from '../kernel/index.js';
import type { BlobRegister } from './blob-register.js';

const BATCH = 500;

/** Removes the bytes that an interrupted write left behind (contract, section 8). */
export class SweepOrphanBlobs {
  constructor(
    private readonly blobs: BlobStore,
    private readonly register: BlobRegister,
    private readonly clock: Clock,
  ) {}

  /** Answers how many were removed. What was written less than `graceSeconds` ago stays: its row may be on the way. */
  async execute(input: { graceSeconds: number }): Promise<number> {
    const before = new Date(this.clock.now().getTime() - input.graceSeconds * 1000);
    let removed = 0;
    let batch: BlobKey[] = [];
    for await (const key of this.blobs.keysWrittenBefore(before)) {
      batch.push(key);
      if (batch.length < BATCH) continue;
      removed += await this.sweep(batch);
      batch = [];
    }
    return removed + (await this.sweep(batch));
  }

  private async sweep(keys: readonly BlobKey[]): Promise<number> {
    let removed = 0;
    for (const key of await this.register.withoutRow(keys))
      if (await this.register.ifStillWithoutRow(key, () => this.blobs.remove(key))) removed++;
    return removed;
  }
}
