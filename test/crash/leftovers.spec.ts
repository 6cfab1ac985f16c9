import { readdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient, type FileResource } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { killPostgres } from '../support/processes.js';
import { until } from '../support/until.js';

const CHUNK = Buffer.alloc(512 * 1024, 'portico');
const TWO_HOURS_AGO = new Date(Date.now() - 2 * 3600_000);

describe('the leftovers of uploads that a kill interrupted', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let kept: FileResource[];

  beforeAll(async () => {
    server = await installations.start();
    const client = clientOf(server);
    for (const name of ['one.bin', 'two.bin']) await client.upload(name, [CHUNK]);
    await client.archive((await client.upload('three.bin', [CHUNK])).body?.data?.id ?? '');
    kept = [...(await client.list('files')), ...(await client.list('archive/files'))];
    client.close();
  }, 60_000);

  afterAll(() => installations.remove(), 60_000);

  it('stay while they could be writes under way, and go after the grace period', async () => {
    const old = await interruptUpload();
    const young = await interruptUpload();
    expect(await blobs()).toHaveLength(kept.length + 2);
    for (const blob of await blobs()) if (blob !== young) await utimes(blob, TWO_HOURS_AGO, TWO_HOURS_AGO);

    await server.kill();
    server = await installations.again(server);
    await until('the old leftover is swept', async () => !(await blobs()).includes(old));
    expect(await blobs()).toContain(young);

    await server.kill();
    await utimes(young, TWO_HOURS_AGO, TWO_HOURS_AGO);
    server = await installations.again(server);
    await until('the young leftover has aged and is swept', async () => !(await blobs()).includes(young));
    expect(await blobs()).toHaveLength(kept.length);
  }, 60_000);

  it('are nothing that a file, active or archived, points at', async () => {
    const client = clientOf(server);
    expect(kept.map(({ attributes }) => attributes.name)).toEqual(['one.bin', 'two.bin', 'three.bin']);
    for (const { id, attributes } of kept) {
      const place = attributes.name === 'three.bin' ? 'archive/files' : 'files';
      const { status, sha256 } = await client.download(`/api/v1/${place}/${id}/download`);
      expect({ status, sha256 }).toEqual({ status: 200, sha256: attributes.sha256 });
    }
    client.close();
  });

  /** Kills everything in the middle of an upload; answers the file that this leaves. */
  async function interruptUpload(): Promise<string> {
    const before = new Set(await blobs());
    const client = clientOf(server);
    const sending = client.upload('never.bin', endless()).catch(() => 'cut off');
    const leftover = await until('bytes of the upload arrive', async () => {
      for (const blob of await blobs()) if (!before.has(blob) && (await stat(blob)).size > CHUNK.length) return blob;
      return '';
    });
    await Promise.all([server.kill(), killPostgres(server.dataDir)]);
    expect(await sending).toBe('cut off');
    client.close();
    server = await installations.again(server);
    expect(await blobs()).toContain(leftover);
    return leftover;
  }

  async function blobs(): Promise<string[]> {
    const root = path.join(server.dataDir, 'blobs');
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  }
});

/** Some chunks, and then nothing, with the connection open. */
async function* endless(): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < 4; sent++) yield CHUNK;
  await new Promise(() => undefined);
}

function clientOf(server: PorticoServer): FileClient {
  return new FileClient(server.url, server.headers);
}
