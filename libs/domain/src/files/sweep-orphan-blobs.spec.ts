import { describe, expect, it } from '@jest/globals';
import { FileBench, InMemoryBlobRegister } from '@portico/testing';
import type { BlobKey } from '../kernel/index.js';
import { SweepOrphanBlobs } from './index.js';

const HOUR = { graceSeconds: 3600 };

describe('SweepOrphanBlobs', () => {
  it('removes bytes without a row that are older than the grace period, and nothing else', async () => {
    const bench = new FileBench();
    const [orphan, kept] = [await bench.blob(), await bench.blob()];
    bench.clock.advance(3601);
    const fresh = await bench.blob();
    const sweep = new SweepOrphanBlobs(bench.blobs, new InMemoryBlobRegister([kept.key]), bench.clock);
    expect(await sweep.execute(HOUR)).toBe(1);
    expect(await Promise.all([orphan, kept, fresh].map(({ key }) => bench.blobs.has(key)))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('leaves bytes whose row came in the meantime', async () => {
    const bench = new FileBench();
    const { key } = await bench.blob();
    bench.clock.advance(3601);
    class LateRow extends InMemoryBlobRegister {
      override async withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
        const orphans = await super.withoutRow(keys);
        this.add(key);
        return orphans;
      }
    }
    expect(await new SweepOrphanBlobs(bench.blobs, new LateRow(), bench.clock).execute(HOUR)).toBe(0);
    expect(await bench.blobs.has(key)).toBe(true);
  });

  it('works through more than one batch', async () => {
    const bench = new FileBench();
    for (let count = 0; count < 1001; count++) await bench.blob();
    bench.clock.advance(3601);
    const sweep = new SweepOrphanBlobs(bench.blobs, new InMemoryBlobRegister(), bench.clock);
    expect(await sweep.execute(HOUR)).toBe(1001);
  });
});
