import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { postmasterOf } from '../support/processes.js';
import { until } from '../support/until.js';

const CHUNK = Buffer.alloc(512 * 1024, 'slow');

/** Node itself closes an idle connection after five seconds. */
const KEEP_ALIVE_MS = 4000;

describe('SIGTERM', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let client: FileClient;

  beforeAll(async () => {
    server = await installations.start();
    await server.stop();
  }, 60_000);

  beforeEach(async () => {
    server = await installations.again(server);
    client = new FileClient(server.url, server.headers);
  }, 60_000);

  afterEach(() => client.close());

  afterAll(() => installations.remove(), 60_000);

  it('lets an upload under way end, refuses new connections meanwhile, and exits with 0', async () => {
    const upload = await slowUpload();
    const stopped = server.stop();
    await until('new connections are refused', () =>
      fetch(`${server.url}/health/live`).then(
        () => false,
        (error: Error) => /ECONNREFUSED/.test(String(error.cause)),
      ),
    );
    upload.finish();
    const { status, body } = await upload.answer;
    expect(status).toBe(201);
    const answered = performance.now();
    expect(await stopped).toBe(0);
    expect(performance.now() - answered).toBeLessThan(KEEP_ALIVE_MS); // its connection is idle from now on
    expect(postmasterOf(server.dataDir)).toBeUndefined();

    server = await installations.again(server);
    const reader = new FileClient(server.url, server.headers);
    const { id, attributes } = body?.data ?? { id: '', attributes: { bytes: -1, sha256: '' } };
    const { bytes, sha256 } = attributes;
    expect(await reader.download(`/api/v1/files/${id}/download`)).toEqual({ status: 200, bytes, sha256 });
    reader.close();
    await server.stop();
  }, 60_000);

  it('does not wait for connections on which nothing happens', async () => {
    const clients = Array.from({ length: 5 }, () => new FileClient(server.url, server.headers));
    for (const each of clients) expect((await each.call('/api/v1/files')).status).toBe(200);
    const begun = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(KEEP_ALIVE_MS);
    for (const each of clients) each.close();
  });

  it('a second time exits at once', async () => {
    const upload = await slowUpload();
    const stopped = server.stop();
    await until('it is stopping', () => server.output.includes('"stopping"'));
    const begun = performance.now();
    server.child.kill('SIGTERM');
    await stopped;
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(await upload.answer.catch(() => 'cut off')).toBe('cut off');
  });

  /** An upload of which the server has a part. */
  async function slowUpload() {
    const gate = Promise.withResolvers<void>();
    const before = blobCount();
    const answer = client.upload('slow.bin', slowly(gate.promise));
    answer.catch(() => undefined);
    await until('bytes of the upload arrive', () => blobCount() > before);
    return { answer, finish: gate.resolve };
  }

  function blobCount(): number {
    const blobs = path.join(server.dataDir, 'blobs');
    return existsSync(blobs) ? readdirSync(blobs, { recursive: true }).length : 0;
  }
});

async function* slowly(until: Promise<void>): AsyncGenerator<Buffer> {
  yield CHUNK;
  yield CHUNK;
  await until;
  yield CHUNK;
}
