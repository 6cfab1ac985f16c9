import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock, InMemoryBlobRegister, InMemoryBlobStore } from '@portico/testing';
import { type BlobKey, DomainError, type GiveBytes, type StoredBlob } from '../kernel/index.js';
import { type BlobCopies, CopyBlobs, type CopyBlobsInput, type UncopiedBlob } from './index.js';

const NOTHING = { copied: 0, copiedBytes: 0, present: 0, missing: 0, damaged: 0, unavailable: 0 };
const unavailable = (code: string) => new DomainError('unavailable', code, 'not now');

/** A store that refuses to take as many copies as it is told, and notes how many come at once. */
class Destination extends InMemoryBlobStore {
  refusals: DomainError[] = [];
  atOnce = 0;
  most = 0;

  override async putAs(blob: StoredBlob, give: GiveBytes): Promise<void> {
    this.most = Math.max(this.most, ++this.atOnce);
    try {
      await new Promise(setImmediate);
      const refusal = this.refusals.pop();
      if (refusal) throw refusal;
      await super.putAs(blob, give);
    } finally {
      this.atOnce--;
    }
  }
}

describe('CopyBlobs', () => {
  let from: InMemoryBlobStore;
  let to: Destination;
  let register: InMemoryBlobRegister;
  let faults: UncopiedBlob[];

  beforeEach(() => {
    from = new InMemoryBlobStore(new FixedClock());
    to = new Destination(new FixedClock());
    register = new InMemoryBlobRegister();
    faults = [];
  });

  const kept = async (count: number): Promise<StoredBlob[]> => {
    const blobs: StoredBlob[] = [];
    for (let n = 0; n < count; n++) blobs.push(await from.put(Readable.from([`bytes ${n}`])));
    for (const blob of blobs) register.add(blob);
    return blobs;
  };
  const copy = (changes: Partial<CopyBlobsInput> = {}): Promise<BlobCopies> =>
    new CopyBlobs().execute({
      ...{ rows: register.rows(), from, to, isDeep: false, atOnce: 3 },
      onFault: (fault) => faults.push(fault),
      ...changes,
    });
  const textIn = async (store: InMemoryBlobStore, { key, bytes }: StoredBlob): Promise<string> => {
    let text = '';
    await store.read(key, { start: 0, end: bytes - 1 }, (piece) => {
      text += Buffer.from(piece).toString();
      return Promise.resolve();
    });
    return text;
  };

  it('copies what rows point at under the same keys, an empty blob too, and nothing else', async () => {
    const blobs = await kept(7);
    const empty = await from.put(Readable.from([]));
    register.add(empty);
    const orphan = await from.put(Readable.from(['nobody’s']));
    let done = 0;
    expect(await copy({ onDone: () => done++ })).toEqual({ ...NOTHING, copied: 8, copiedBytes: 7 * 7 });
    for (const [n, blob] of blobs.entries()) expect(await textIn(to, blob)).toBe(`bytes ${n}`);
    expect([await to.has(empty.key), await to.has(orphan.key), done]).toEqual([true, false, 8]);
  });

  it('copies so many side by side as it may, and no more', async () => {
    await kept(20);
    await copy({ atOnce: 4 });
    expect(to.most).toBe(4);
  });

  it('leaves what is there in the right size, and with a deep look in the right bytes', async () => {
    const blobs = await kept(4);
    await copy();
    const [cut, altered] = [blobs[0]?.key as BlobKey, blobs[1]?.key as BlobKey];
    to.damage(cut, Buffer.from('cut'));
    to.damage(altered, Buffer.from('BYTES 1'));
    expect(await copy()).toEqual({ ...NOTHING, copied: 1, copiedBytes: 7, present: 3 });
    expect(await copy({ isDeep: true })).toEqual({ ...NOTHING, copied: 1, copiedBytes: 7, present: 3 });
    expect(await copy({ isDeep: true })).toEqual({ ...NOTHING, present: 4 });
  });

  it('names what is missing or damaged at its source, leaves nothing of it, and copies the rest', async () => {
    const [lost, altered, cut] = (await kept(6)) as [StoredBlob, StoredBlob, StoredBlob];
    await from.remove(lost.key);
    from.damage(altered.key, Buffer.from('BYTES 1'));
    from.damage(cut.key, Buffer.from('cut'));
    expect(await copy()).toEqual({ ...NOTHING, copied: 3, copiedBytes: 21, missing: 1, damaged: 2 });
    expect(new Map(faults.map(({ key, fault }) => [key, fault]))).toEqual(
      new Map([
        [lost.key, 'missing'],
        [altered.key, 'damaged'],
        [cut.key, 'damaged'],
      ]),
    );
    expect(faults[0]).toMatchObject({ firmId: '1', reason: expect.stringMatching(/./) as unknown });
    for (const { key } of [lost, altered, cut]) expect(await to.has(key)).toBe(false);
  });

  it('leaves the bytes that are there when the new ones are damaged', async () => {
    const [blob] = (await kept(1)) as [StoredBlob];
    await copy();
    to.damage(blob.key, Buffer.from('other'));
    from.damage(blob.key, Buffer.from('BYTES 0'));
    expect(await copy()).toMatchObject({ damaged: 1 });
    expect(await textIn(to, { ...blob, bytes: 5 })).toBe('other');
  });

  it('tries again what may pass, and names what did not', async () => {
    await kept(1);
    to.refusals = [unavailable('storage_unavailable'), unavailable('storage_unavailable')];
    expect(await copy()).toMatchObject({ copied: 1, unavailable: 0 });
    await kept(1);
    to.refusals = Array.from({ length: 3 }, () => unavailable('storage_unavailable'));
    expect(await copy()).toMatchObject({ present: 1, copied: 0, unavailable: 1 });
    expect(faults).toMatchObject([{ fault: 'unavailable', reason: 'not now' }]);
  });

  it('ends at once when the destination is full', async () => {
    await kept(9);
    to.refusals = [unavailable('storage_full')];
    await expect(copy({ atOnce: 1 })).rejects.toMatchObject({ code: 'storage_full' });
    expect(await copy()).toMatchObject({ copied: 9 });
  });

  it('gives up when a storage stays away', async () => {
    await kept(50);
    to.refusals = Array.from({ length: 500 }, () => unavailable('storage_unavailable'));
    await expect(copy()).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(faults.length).toBeLessThan(23);
  });

  it('stops when it is told to, and a second run copies the rest alone', async () => {
    await kept(10);
    let done = 0;
    const first = await copy({ atOnce: 1, onDone: () => done++, isStopping: () => done >= 4 });
    expect(first.copied).toBe(4);
    expect(await copy()).toEqual({ ...NOTHING, present: 4, copied: 6, copiedBytes: 42 });
  });

  it('does not take a mistake of our own for a fault of the blob', async () => {
    await kept(1);
    to.putAs = () => Promise.reject(new TypeError('a mistake'));
    await expect(copy()).rejects.toThrow(TypeError);
  });
});
