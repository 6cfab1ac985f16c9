import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, type FileResource, FilesApi } from '../../support/files-api.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

const PREFIX = '/protected/blobs/';
let server: PorticoServer;
let api: FilesApi;
let file: FileResource;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { X_ACCEL_REDIRECT: PREFIX } });
  api = new FilesApi(server.url, server.headers);
  file = await api.create('報告.txt', 'for nginx');
});
afterAll(() => server.dispose());

describe('Download a file behind nginx (X_ACCEL_REDIRECT)', () => {
  it.each(['/files', '/archive/files'])('hands the bytes of %s to nginx by their place in the store', async (list) => {
    if (list !== '/files') await api.delete(`/files/${file.id}`);
    const { status, headers, body } = await api.download(`${list}/${file.id}/download`);
    expect(status).toBe(200);
    expect(body).toHaveLength(0);
    const place = headers['x-accel-redirect'] ?? '';
    expect(place.startsWith(PREFIX)).toBe(true);
    const bytes = await readFile(path.join(server.dataDir, 'blobs', place.slice(PREFIX.length)), 'utf8');
    expect(bytes).toBe('for nginx');
    expect(headers['content-type']).toBe('application/binary');
    expect(headers['content-disposition']).toContain(`filename*=UTF-8''%E5%A0%B1%E5%91%8A.txt`);
  });

  it('says nothing of the place to who may not read the file', async () => {
    const answer = await api.get('/files/999999999/download');
    expectRefusal(answer, 404);
    expect(answer.headers['x-accel-redirect']).toBeUndefined();
  });
});
