import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blobsIn } from '../support/blobs.js';
import { PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';
import { OFFSET_BYTES, UploadsApi } from '../support/uploads-api.js';

const MIB = 1024 * 1024;
/** More than is kept at once while a request goes on. */
const bytes = randomBytes(40 * MIB);

describe('a server that is killed while bytes of an upload arrive', () => {
  let first: PorticoServer;
  let other: PorticoServer;

  beforeAll(async () => {
    first = await PorticoServer.start();
    other = await first.again();
  }, 60_000);

  afterAll(async () => {
    await first.kill();
    await other.dispose();
  }, 60_000);

  /** The file of a blob that has grown to so many bytes. */
  async function grownBlob(size: number): Promise<string> {
    for (const blob of (await blobsIn(first.dataDir)).map((name) => path.join(first.dataDir, 'blobs', name)))
      if ((await stat(blob)).size >= size) return blob;
    return '';
  }

  it('ends a call for whoever asks another instance, as its line may be dead', async () => {
    const [one, two] = [UploadsApi.of(first), UploadsApi.of(other)];
    const address = await one.begin(bytes.length);
    await one.append(address, 0, bytes.subarray(0, MIB));
    const sending = sendWithoutEnd(one, address, MIB, 2 * MIB);
    await until('all that comes is in the storage', () => grownBlob(2 * MIB));
    expect(await two.offset(address)).toBe(2 * MIB);
    expect(await sending).toBe('204');
  }, 60_000);

  it('has kept what it told, and another instance goes on from there at once', async () => {
    const [before, after] = [UploadsApi.of(first), UploadsApi.of(other)];
    const address = await after.begin(bytes.length);
    expect((await before.append(address, 0, bytes.subarray(0, MIB))).status).toBe(204);
    const sending = sendWithoutEnd(before, address, MIB, bytes.length - 1);
    const file = await until('nearly all of it is in the storage', () => grownBlob(38 * MIB));
    await until('some of it is kept', async () => (await after.read(address)).attributes.offset > MIB);
    await first.kill();
    expect(await sending).toBe('cut off');

    const offset = await after.offset(address); // its lock has ended with it
    expect(offset).toBeGreaterThanOrEqual(33 * MIB);
    expect(offset).toBeLessThanOrEqual((await stat(file)).size);
    const last = await after.append(address, offset, bytes.subarray(offset));
    const id = last.headers.get('content-location')?.split('/').at(-1) ?? '';
    expect(await after.downloadedHash(id)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }, 60_000);
});

/** Sends what there is from `offset` to `end`, and then nothing more. */
function sendWithoutEnd(uploads: UploadsApi, address: string, offset: number, end: number): Promise<string> {
  let at = offset;
  const body = new ReadableStream({
    async pull(stream) {
      if (at === end) return new Promise(() => undefined);
      const next = Math.min(at + MIB, end);
      stream.enqueue(bytes.subarray(at, next));
      at = next;
    },
  });
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': OFFSET_BYTES };
  const sending = uploads.send('PATCH', address, headers, body);
  return sending.then(
    (answer) => String(answer.status),
    () => 'cut off',
  );
}
