import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { forgetPeak, residentNow, residentPeak, unmeasurable } from './resident-memory.js';

const MB = 1e6;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** Several times what it may take. */
const ONE = GIB;
const EACH = ONE / 4;
const LIMIT_OF_ONE = 100 * MB;
const LIMIT_OF_THREE = 200 * MB;
const CHUNK = randomBytes(MIB);

if (unmeasurable) console.info(`Memory is not measured: ${unmeasurable}`);

(unmeasurable ? describe.skip : describe)('the memory of the server', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let client: FileClient;
  let idle: number;
  const stored = new Map<number, string>();

  beforeAll(async () => {
    server = await installations.start();
    client = new FileClient(server.url, server.headers);
    for (let warming = 0; warming < 20; warming++) {
      const { body } = await client.upload('warm.bin', content(MIB));
      await client.download(`/api/v1/files/${body?.data?.id}/download`);
    }
    idle = residentNow(server.pid);
  }, 60_000);

  afterAll(async () => {
    client?.close();
    await installations.remove();
  }, 60_000);

  it(`grows by less than 100 MB during an upload of ${ONE / MIB} MiB`, async () => {
    expect(await growthDuring(() => upload(ONE))).toBeLessThan(LIMIT_OF_ONE);
  }, 180_000);

  it(`grows by less than 100 MB during a download of ${ONE / MIB} MiB`, async () => {
    expect(await growthDuring(() => download(ONE))).toBeLessThan(LIMIT_OF_ONE);
  }, 180_000);

  it(`grows by less than 200 MB during three uploads of ${EACH / MIB} MiB at once`, async () => {
    const growth = await growthDuring(() => Promise.all([upload(EACH), upload(EACH), upload(EACH)]));
    expect(growth).toBeLessThan(LIMIT_OF_THREE);
  }, 180_000);

  it(`grows by less than 200 MB during three downloads of ${EACH / MIB} MiB at once`, async () => {
    const growth = await growthDuring(() => Promise.all([download(EACH), download(EACH), download(EACH)]));
    expect(growth).toBeLessThan(LIMIT_OF_THREE);
  }, 180_000);

  async function upload(bytes: number): Promise<void> {
    const { status, body } = await client.upload(`${bytes}.bin`, content(bytes));
    expect(status).toBe(201);
    expect(body?.data?.attributes).toMatchObject({ bytes, sha256: hashOf(bytes) });
    stored.set(bytes, body?.data?.id ?? '');
  }

  async function download(bytes: number): Promise<void> {
    const answer = await client.download(`/api/v1/files/${stored.get(bytes)}/download`);
    expect(answer).toEqual({ status: 200, bytes, sha256: hashOf(bytes) });
  }

  async function growthDuring(work: () => Promise<unknown>): Promise<number> {
    forgetPeak(server.pid);
    await work();
    return residentPeak(server.pid) - idle;
  }
});

const hashes = new Map<number, string>();

function hashOf(bytes: number): string {
  let known = hashes.get(bytes);
  if (known === undefined) {
    const hash = createHash('sha256');
    for (const chunk of content(bytes)) hash.update(chunk);
    known = hash.digest('hex');
    hashes.set(bytes, known);
  }
  return known;
}

function* content(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK;
}
