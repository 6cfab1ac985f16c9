import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { canMount, SmallFilesystem } from './small-filesystem.js';

const MIB = 1024 ** 2;
const CHUNK = Buffer.alloc(256 * 1024, 'full');
const isPossible = canMount();

if (!isPossible) console.info('A full and a read-only storage are not tested: this user can not mount a filesystem');

(isPossible ? describe : describe.skip)('a storage of 20 MiB', () => {
  const installations = new Installations();
  let blobs: string;
  let filesystem: SmallFilesystem;
  let server: PorticoServer;
  let client: FileClient;
  let small: Answer;

  beforeAll(async () => {
    blobs = path.join(await installations.directory(), 'blobs');
    mkdirSync(blobs);
    filesystem = new SmallFilesystem(blobs, 20);
    installations.atEnd(() => filesystem.remove());
    server = await installations.start({ env: { STORAGE_URL: `file://${blobs}` } });
    client = new FileClient(server.url, server.headers);
    small = await client.upload('small.bin', content(MIB));
  }, 60_000);

  afterAll(async () => {
    client?.close();
    await installations.remove();
  }, 60_000);

  it('answers 503 storage_full to what does not fit, and keeps nothing of it', async () => {
    const answer = await client.upload('large.bin', content(30 * MIB));
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toBe('application/vnd.api+json');
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.body?.errors).toMatchObject([{ status: '503', code: 'storage_full' }]);
    await expectOnly('small.bin');
  });

  it('does so to several uploads at once that fit alone, but not together', async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => client.upload(`${n}.bin`, content(12 * MIB))));
    const kept = answers.filter(({ status }) => status === 201);
    expect(kept.length).toBeLessThanOrEqual(1);
    for (const { status, body } of answers.filter((answer) => !kept.includes(answer)))
      expect({ status, code: body?.errors?.[0]?.code }).toEqual({ status: 503, code: 'storage_full' });
    await expectOnly('small.bin', ...kept.map(({ body }) => body?.data?.attributes.name ?? ''));
  });

  it('takes the next small upload', async () => {
    const before = (await client.list('files')).map(({ attributes }) => attributes.name);
    expect((await client.upload('next.bin', content(MIB))).status).toBe(201);
    await expectOnly(...before, 'next.bin');
  });

  it('answers 503 to uploads while it is read-only, and still gives what it has', async () => {
    const before = (await client.list('files')).map(({ attributes }) => attributes.name);
    filesystem.makeReadOnly(true);
    try {
      const { status, body } = await client.upload('refused.bin', content(MIB));
      expect({ status, code: body?.errors?.[0]?.code }).toEqual({ status: 503, code: 'storage_unavailable' });
      const ready = await fetch(`${server.url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ database: 'ok', storage: 'unavailable' });
      const { id, attributes } = small.body?.data ?? { id: '', attributes: { sha256: '' } };
      const { sha256 } = await client.download(`/api/v1/files/${id}/download`);
      expect(sha256).toBe(attributes.sha256);
    } finally {
      filesystem.makeReadOnly(false);
    }
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await expectOnly(...before);
  });

  async function expectOnly(...names: string[]): Promise<void> {
    const listed = (await client.list('files')).map(({ attributes }) => attributes.name);
    expect(listed.sort()).toEqual(names.sort());
    const stored = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(stored).toHaveLength(names.length);
  }
});

function* content(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK;
}
