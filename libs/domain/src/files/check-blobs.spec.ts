import { beforeEach, describe, expect, it } from '@jest/globals';
import { FileBench, InMemoryBlobRegister } from '@portico/testing';
import type { FileId, StoredBlob } from '../kernel/index.js';
import { type BlobCheck, type BlobFinding, CheckBlobs, type CheckBlobsInput } from './index.js';

const HOUR = 3600;
const CLEAN = { removed: 0, missing: 0, orphaned: 0, wrong_size: 0, wrong_hash: 0 };

describe('CheckBlobs', () => {
  let bench: FileBench;
  let register: InMemoryBlobRegister;
  let found: BlobFinding[];

  beforeEach(() => {
    bench = new FileBench();
    register = new InMemoryBlobRegister();
    found = [];
  });

  const check = (changes: Partial<CheckBlobsInput> = {}): Promise<BlobCheck> =>
    new CheckBlobs(bench.blobs, register, bench.clock).execute({
      ...{ isDeep: false, removesOrphans: false, graceSeconds: HOUR },
      onFinding: (finding) => found.push(finding),
      ...changes,
    });
  /** Some blobs with their rows. */
  const kept = async (count: number): Promise<StoredBlob[]> => {
    const blobs: StoredBlob[] = [];
    for (let n = 0; n < count; n++) blobs.push(await bench.blob(`bytes ${n}`));
    for (const blob of blobs) register.add(blob);
    return blobs;
  };

  it('finds nothing where all is well, and tells how far it is', async () => {
    await kept(5);
    let told = 0;
    expect(await check({ isDeep: true, onChecked: () => told++ })).toEqual({ ...CLEAN, checked: 5 });
    expect([found, told]).toEqual([[], 5]);
  });

  it('names each row without bytes, with its files', async () => {
    const blobs = await kept(9);
    const lost = blobs.slice(2, 5);
    for (const { key } of lost) await bench.blobs.remove(key);
    register.files.set(lost[0]?.key ?? blobs[0]!.key, ['7' as FileId, '9' as FileId]);
    expect(await check()).toEqual({ ...CLEAN, checked: 9, missing: 3 });
    expect(new Set(found.map(({ key }) => key))).toEqual(new Set(lost.map(({ key }) => key)));
    expect(found.find(({ key }) => key === lost[0]?.key)).toEqual({
      ...{ fault: 'missing', key: lost[0]?.key, firmId: '1', fileIds: ['7', '9'], isRemoved: false },
    });
  });

  it('names bytes without a row, once they are older than the grace period', async () => {
    await kept(3);
    const { key } = await bench.blob('nobody’s');
    expect(await check()).toEqual({ ...CLEAN, checked: 4 });
    bench.clock.advance(HOUR + 1);
    expect(await check()).toEqual({ ...CLEAN, checked: 4, orphaned: 1 });
    expect(found).toEqual([{ fault: 'orphaned', key, firmId: null, fileIds: [], isRemoved: false }]);
    expect(await bench.blobs.has(key)).toBe(true);
  });

  it('removes bytes without a row when it is asked to, and nothing else', async () => {
    const [missing, resized, kept_] = await kept(3);
    const { key } = await bench.blob('nobody’s');
    await bench.blobs.remove(missing!.key);
    bench.blobs.damage(resized!.key, Buffer.from('other'));
    bench.clock.advance(HOUR + 1);
    const result = await check({ removesOrphans: true });
    expect(result).toEqual({ ...CLEAN, checked: 4, missing: 1, orphaned: 1, wrong_size: 1, removed: 1 });
    const left = [resized!.key, kept_!.key, key].map((one) => bench.blobs.has(one));
    expect(await Promise.all(left)).toEqual([true, true, false]);
  });

  it('finds bytes of another size at once, and other bytes of the same size when it reads them', async () => {
    const [one, other] = await kept(2);
    bench.blobs.damage(one!.key, Buffer.from('short'));
    bench.blobs.damage(other!.key, Buffer.from('x'.repeat(other!.bytes)));
    expect(await check()).toEqual({ ...CLEAN, checked: 2, wrong_size: 1 });
    expect(await check({ isDeep: true })).toEqual({ ...CLEAN, checked: 2, wrong_size: 1, wrong_hash: 1 });
  });

  it('does not tell of what came or went meanwhile', async () => {
    const [gone] = await kept(1);
    await bench.blobs.remove(gone!.key);
    const late = await bench.blob('late');
    bench.clock.advance(HOUR + 1);
    register.add(gone!);
    const rows = register.rows.bind(register);
    register.rows = async function* () {
      for await (const row of rows()) {
        register.drop(gone!.key);
        register.add(late);
        yield row;
      }
    };
    expect(await check()).toEqual({ ...CLEAN, checked: 2 });
  });
});
