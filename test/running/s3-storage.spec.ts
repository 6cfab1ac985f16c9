import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BackupReport, EmptyInstallation, reported } from '../support/backups.js';
import { expectStatus, FilesApi } from '../support/files-api.js';
import { PorticoServer } from '../support/portico-server.js';
import { S3_CREDENTIALS, S3Server } from '../support/s3-server.js';
import { UploadsApi } from '../support/uploads-api.js';

describe('a server that keeps its bytes in an S3-compatible store', () => {
  let s3: S3Server;
  let server: PorticoServer;
  let api: FilesApi;

  beforeAll(async () => {
    s3 = await S3Server.start();
    server = await PorticoServer.start({ env: { STORAGE_URL: s3.url('firms'), ...S3_CREDENTIALS } });
    api = new FilesApi(server.url, server.headers);
  }, 60_000);
  afterAll(async () => {
    await server?.dispose();
    await s3?.stop();
  }, 60_000);

  it('gives back what was uploaded, whole and in part', async () => {
    const content = Buffer.alloc(12_000_000, 'What a client sent. ');
    const { id, attributes } = await api.create('large.bin', content);
    expect(attributes.bytes).toBe(content.length);
    expect((await api.download(`/files/${id}/download`)).body.equals(content)).toBe(true);
    const part = await api.download(`/files/${id}/download`, { Range: 'bytes=8388606-8388611' });
    expectStatus(part, 206);
    expect(part.body).toEqual(content.subarray(8_388_606, 8_388_612));
  });

  it('keeps an empty file', async () => {
    const { id } = await api.create('empty.txt', '');
    expect((await api.download(`/files/${id}/download`)).body).toHaveLength(0);
  });

  it('makes one object of what arrives in pieces, whatever their sizes', async () => {
    const content = Buffer.alloc(12_000_000, 'What a client sent in pieces. ');
    const uploads = new UploadsApi(server.url, server.headers);
    const address = await uploads.begin(content.length);
    for (const [at, end] of [
      [0, 3],
      [3, 9_000_000],
      [9_000_000, content.length],
    ] as const)
      // prettier-ignore
      expect((await uploads.append(address, at, content.subarray(at, end))).headers.get('upload-offset')).toBe(`${end}`);
    const { relationships } = await uploads.read(address);
    const { body } = await api.download(`/files/${relationships?.file.data.id}/download`);
    expect(body.equals(content)).toBe(true);
    const ended = await uploads.begin(content.length);
    await uploads.append(ended, 0, content.subarray(0, 9_000_000));
    expect((await uploads.send('DELETE', ended)).status).toBe(204);
  });

  it('is backed up, restored to another prefix, and copied into a folder and back', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'portico-s3-'));
    const empty = await EmptyInstallation.make({
      ...{ STORAGE_URL: s3.url('restored'), SECRET_KEY: server.environment['SECRET_KEY'], ...S3_CREDENTIALS },
    });
    try {
      const operator = { run: (args: readonly string[]) => server.operate(...args) };
      const { blobs } = await reported<BackupReport>(operator, 'backup', path.join(home, 'backups'));
      expect(await empty.restore(path.join(home, 'backups'))).toMatchObject({
        ...{ blobs: { copied: blobs.copied }, storage: { checked: blobs.copied, missing: 0 } },
      });
      expect(await reported(empty.operator, 'fsck', '--deep')).toMatchObject({ intact: true, checked: blobs.copied });
      const folder = pathToFileURL(path.join(home, 'blobs')).href;
      const copied = await reported(operator, 'storage', 'copy', s3.url('firms'), folder);
      expect(copied).toMatchObject({ copied: blobs.copied, present: 0, faults: [], next: `STORAGE_URL=${folder}` });
      const back = ['storage', 'copy', folder, s3.url('third')] as const;
      expect(await reported(operator, ...back)).toMatchObject({ copied: blobs.copied, present: 0 });
      expect(await reported(operator, ...back, '--deep')).toMatchObject({ copied: 0, present: blobs.copied });
    } finally {
      await empty.remove();
      await rm(home, { recursive: true, force: true });
    }
  });

  // one from outside is not ours to stop
  (S3Server.isOutside ? it.skip : it)(
    'is ready while the store answers, and says 503 to uploads and downloads when it does not',
    async () => {
      const { id } = await api.create('kept.txt', 'kept');
      expectStatus(await api.get('/files'), 200);
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      await s3.stop();
      const ready = await fetch(`${server.url}/health/ready`);
      expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ storage: 'unavailable' })]);
      const download = await api.get(`/files/${id}/download`);
      expect(download.status).toBe(503);
      expect(download.body).toMatchObject({ errors: [{ code: 'storage_unavailable' }] });
      const before = await api.ids();
      expect((await api.upload('lost.txt')).status).toBe(503);
      expect(await api.ids()).toEqual(before);
    },
  );
});
