import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { killPostgres } from '../support/processes.js';
import { until } from '../support/until.js';
import { canMount, SmallFilesystem } from './small-filesystem.js';

const MIB = 1024 ** 2;
const MOST_RENAMES = 500;
const isPossible = canMount();

if (!isPossible) console.info('A full disk is not tested: this user can not mount a filesystem');

(isPossible ? describe : describe.skip)('a full disk under the database and the files', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let client: FileClient;
  let ballast: string;
  let id: string;
  let name = 'kept.bin';

  beforeAll(async () => {
    const filesystem = new SmallFilesystem(await installations.directory(), 170);
    installations.atEnd(() => filesystem.remove());
    const dataDir = path.join(filesystem.directory, 'data');
    mkdirSync(dataDir);
    installations.atEnd(() => killPostgres(dataDir)); // it would keep the filesystem busy
    ballast = path.join(filesystem.directory, 'ballast');
    server = await installations.start({ dataDir });
    client = new FileClient(server.url, server.headers);
    id = (await client.upload(name, [Buffer.alloc(MIB, 'kept')])).body?.data?.id ?? '';
    fill();
  }, 60_000);

  afterAll(async () => {
    client?.close();
    await installations.remove();
  }, 60_000);

  it('answers 503 to an upload', async () => {
    const { status, body } = await client.upload('refused.bin', [Buffer.alloc(MIB)]);
    expect({ status, code: body?.errors?.[0]?.code }).toEqual({ status: 503, code: 'storage_full' });
    expect(await names()).toEqual([name]);
  });

  it('lets changes happen or answers 503, and what was read before is still there', async () => {
    const refused = new Set<string | undefined>();
    for (let rename = 0; rename < MOST_RENAMES && refused.size === 0; rename++) {
      const next = `${'long name '.repeat(20)}${rename}.bin`;
      const { status, body } = await client.rename(id, next);
      if (status === 200) name = next;
      else refused.add(`${status} ${body?.errors?.[0]?.code}`);
    }
    expect([...refused]).toEqual(['503 database_unavailable']);
    expect(await names()).toEqual([name]);
  }, 30_000);

  it('is forgotten as soon as there is room again', async () => {
    rmSync(ballast);
    const isReady = async () => (await fetch(`${server.url}/health/ready`)).ok;
    await until('the server is ready', isReady);
    expect((await client.upload('next.bin', [Buffer.alloc(MIB)])).status).toBe(201);
    expect((await client.rename(id, 'renamed.bin')).status).toBe(200);
    expect(await names()).toEqual(['renamed.bin', 'next.bin']);
  }, 30_000);

  async function names(): Promise<string[]> {
    return (await client.list('files')).map(({ attributes }) => attributes.name);
  }

  /** Takes all the room there is. */
  function fill(): void {
    for (const bytes of [MIB, 1024]) {
      try {
        for (;;) writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  }
});
