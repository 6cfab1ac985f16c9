import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { forgetPeak, residentNow, residentPeak, unmeasurable } from './resident-memory.js';

const MB = 1e6;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const LIMIT_OF_ONE = 100 * MB;
const LIMIT_OF_THREE = 200 * MB;
const CHUNK = randomBytes(MIB);

if (unmeasurable) console.info(`Memory is not measured: ${unmeasurable}`);

(unmeasurable ? describe.skip : describe)('the memory of the server', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let client: FileClient;
  let expected: string;
  let idle: number;
  let id = '';

  beforeAll(async () => {
    const hash = createHash('sha256');
    for (const chunk of content(GIB)) hash.update(chunk);
    expected = hash.digest('hex');
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

  it('grows by less than 100 MB during an upload of 1 GiB', async () => {
    const growth = await growthDuring(async () => {
      const { status, body } = await client.upload('one.bin', content(GIB));
      expect(status).toBe(201);
      expect(body?.data?.attributes).toMatchObject({ bytes: GIB, sha256: expected });
      id = body?.data?.id ?? '';
    });
    expect(growth).toBeLessThan(LIMIT_OF_ONE);
  }, 60_000);

  it('grows by less than 100 MB during a download of 1 GiB', async () => {
    expect(await growthDuring(download)).toBeLessThan(LIMIT_OF_ONE);
  }, 60_000);

  it('grows by less than 200 MB during three uploads of 1 GiB at once', async () => {
    const growth = await growthDuring(async () => {
      const names = ['first.bin', 'second.bin', 'third.bin'];
      const answers = await Promise.all(names.map((name) => client.upload(name, content(GIB))));
      for (const { body } of answers) expect(body?.data?.attributes.sha256).toBe(expected);
    });
    expect(growth).toBeLessThan(LIMIT_OF_THREE);
  }, 60_000);

  it('grows by less than 200 MB during three downloads of 1 GiB at once', async () => {
    const growth = await growthDuring(() => Promise.all([download(), download(), download()]));
    expect(growth).toBeLessThan(LIMIT_OF_THREE);
  }, 60_000);

  async function download(): Promise<void> {
    const answer = await client.download(`/api/v1/files/${id}/download`);
    expect(answer).toEqual({ status: 200, bytes: GIB, sha256: expected });
  }

  async function growthDuring(work: () => Promise<unknown>): Promise<number> {
    forgetPeak(server.pid);
    await work();
    return residentPeak(server.pid) - idle;
  }
});

function* content(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK;
}
