import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { FilesApi, INSTANT } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';
import { faultOf, labelsOf, OFFSET_BYTES, UploadsApi } from '../../support/uploads-api.js';

jest.setTimeout(60_000);

const HELLO = Buffer.from('hello world');
const NAMED = { filename: 'Sample.txt' };

let server: Portico;
let uploads: UploadsApi;
let files: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  uploads = UploadsApi.of(server);
  files = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const metadata = (attributes: object, relationships?: object): string =>
  JSON.stringify({ data: { type: 'files', attributes, relationships } });

describe('A resumable upload', () => {
  it('takes bytes piece by piece, tells how far it has come, and becomes a file with the last one', async () => {
    const created = await uploads.create(HELLO.length, { ...NAMED, filetype: 'text/plain' });
    const address = created.headers.get('location') ?? '';
    expect(created.status).toBe(201);
    expect(address).toMatch(/^\/api\/v1\/uploads\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{18,}$/);
    expect(created.headers.get('tus-resumable')).toBe('1.0.0');
    expect(Date.parse(created.headers.get('upload-expires') ?? '') - Date.now()).toBeGreaterThan(23 * 3600_000);

    const first = await uploads.append(address, 0, HELLO.subarray(0, 5));
    expect([first.status, first.headers.get('upload-offset'), first.headers.get('content-location')]).toEqual([
      204,
      '5',
      null,
    ]);
    const head = await uploads.send('HEAD', address);
    expect(head.status).toBe(200);
    expect(Object.fromEntries(head.headers)).toMatchObject({
      ...{ 'upload-offset': '5', 'upload-length': '11', 'cache-control': 'no-store', 'tus-resumable': '1.0.0' },
      'upload-metadata': labelsOf({ ...NAMED, filetype: 'text/plain' }),
    });
    expect(head.headers.get('upload-expires')).toMatch(/ GMT$/);

    const last = await uploads.append(address, 5, HELLO.subarray(5));
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '11']);
    const [, id = ''] = /^\/api\/v1\/files\/(\d+)$/.exec(last.headers.get('content-location') ?? '') ?? [];
    const { attributes } = await files.read(id);
    expect(attributes).toMatchObject({
      ...{ name: 'Sample.txt', bytes: 11, content_type: 'text/plain' },
      sha256: createHash('sha256').update(HELLO).digest('hex'),
    });
    expect(await uploads.downloadedHash(id)).toBe(attributes.sha256);
  });

  it('is a resource of its own, with exactly these members', async () => {
    const address = await uploads.begin(HELLO.length);
    await uploads.append(address, 0, HELLO.subarray(0, 4));
    const id = address.split('/').at(-1) ?? '';
    expect(await uploads.read(address)).toEqual({
      ...{ id, type: 'uploads', links: { self: `/v1/uploads/${id}` } },
      attributes: {
        ...{ filename: 'Sample.txt', bytes: 11, offset: 4, state: 'receiving' },
        ...{ created_at: expect.stringMatching(INSTANT), expires_at: expect.stringMatching(INSTANT) },
      },
    });
    const last = await uploads.append(address, 4, HELLO.subarray(4));
    const file = last.headers.get('content-location')?.split('/').at(-1);
    const { attributes, relationships } = await uploads.read(address);
    expect(attributes.state).toBe('finished');
    expect(relationships).toEqual({
      file: { data: { type: 'files', id: file }, links: { related: `/v1/files/${file}` } },
    });
    expect((await uploads.send('HEAD', address)).headers.get('content-location')).toBe(`/api/v1/files/${file}`);
  });

  it('stands where its metadata say, under the name that they give it', async () => {
    const folder = await files.createFolder('Größe 東京');
    const asked = metadata({ name: 'Отчёт.txt', parent_folder_id: Number(folder.id) });
    const created = await uploads.create(HELLO.length, { filename: '報告.txt', metadata: asked }, {}, HELLO);
    const id = created.headers.get('content-location')?.split('/').at(-1) ?? '';
    expect((await files.read(id)).attributes).toMatchObject({ name: 'Отчёт.txt', parent_folder_id: Number(folder.id) });
  });

  it('may come with its creation, and of no bytes is a file at once', async () => {
    const part = await uploads.create(HELLO.length, NAMED, {}, HELLO.subarray(0, 3));
    expect([part.status, part.headers.get('upload-offset')]).toEqual([201, '3']);
    expect(((await part.json()) as { data: { attributes: object } }).data.attributes).toMatchObject({ offset: 3 });
    const empty = await uploads.create(0, { filename: 'empty.txt' });
    const id = empty.headers.get('content-location')?.split('/').at(-1) ?? '';
    expect([empty.status, (await files.read(id)).attributes.bytes]).toEqual([201, 0]);
  });

  it('is also served without /api, and says so in its addresses', async () => {
    const short = new UploadsApi(server.url, server.headers, '/v1/uploads');
    const address = await short.begin(HELLO.length);
    expect(address).toMatch(/^\/v1\/uploads\//);
    const last = await short.append(address, 0, HELLO);
    expect(last.headers.get('content-location')).toMatch(/^\/v1\/files\/\d+$/);
  });

  it('takes the method from a header, for callers who can but post', async () => {
    const address = await uploads.begin(HELLO.length);
    const given = { 'X-HTTP-Method-Override': 'PATCH', 'Upload-Offset': '0', 'Content-Type': OFFSET_BYTES };
    expect(
      (await uploads.send('POST', address.toUpperCase().replace('/API/V1/', '/api/v1/'), given, HELLO)).status,
    ).toBe(204);
    const head = await uploads.send('POST', address, { 'X-HTTP-Method-Override': 'HEAD' });
    expect([head.status, head.headers.get('upload-offset')]).toEqual([200, '11']);
    expect((await uploads.send('POST', '/check', { 'X-HTTP-Method-Override': 'DELETE' })).status).toBe(404);
  });

  it('tells anybody what of the protocol there is', async () => {
    for (const path of ['', '/01a1ff89-0320-7068-95ab-ceb7f5c26772']) {
      const answer = await fetch(`${server.url}/api/v1/uploads${path}`, { method: 'OPTIONS' });
      expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([
        204,
        expect.objectContaining({
          ...{ 'tus-version': '1.0.0', 'tus-max-size': '5368709120', 'tus-checksum-algorithm': 'sha256,sha1' },
          'tus-extension': 'creation,creation-with-upload,termination,expiration,checksum',
        }),
      ]);
    }
  });
});

describe('A resumable upload that is interrupted', () => {
  it('goes on where the connection was cut, and keeps what had arrived', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const address = await uploads.begin(bytes.length);
    const cut = new AbortController();
    const body = new ReadableStream({
      async pull(stream) {
        stream.enqueue(bytes.subarray(0, 2 * 1024 * 1024));
        await new Promise(() => undefined); // the rest never comes
      },
    });
    const sending = fetch(`${server.url}${address}`, {
      ...{ method: 'PATCH', body, duplex: 'half', signal: cut.signal },
      headers: { ...uploads.headers, 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0', 'Content-Type': OFFSET_BYTES },
    });
    const cutOff = sending.catch((error: Error) => error.name);
    // another call asks it to end: it need not see that nobody is there any more
    const offset = await until('bytes have arrived', () => uploads.offset(address));
    cut.abort();
    await cutOff;
    expect(offset).toBeLessThanOrEqual(2 * 1024 * 1024);
    const last = await uploads.append(address, offset, bytes.subarray(offset));
    const id = last.headers.get('content-location')?.split('/').at(-1) ?? '';
    expect(await uploads.downloadedHash(id)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('takes the bytes of one of two calls that send the same', async () => {
    const address = await uploads.begin(HELLO.length);
    const both = [uploads.append(address, 0, HELLO), uploads.append(address, 0, HELLO)];
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 409]);
    expect((await uploads.read(address)).attributes).toMatchObject({ state: 'finished', offset: 11 });
  });

  it('stays with its bytes when its file is refused, and becomes one once that can be', async () => {
    const folder = await files.createFolder('gone meanwhile');
    const asked = metadata({ parent_folder_id: Number(folder.id) });
    const address = await uploads.begin(HELLO.length, { ...NAMED, metadata: asked });
    await files.archive(folder.id);
    const refused = await uploads.append(address, 0, HELLO);
    expect([refused.status, (await faultOf(refused)).code]).toEqual([400, 'folder_not_found']);
    expect((await uploads.read(address)).attributes).toMatchObject({ state: 'received', offset: 11 });
    const again = await uploads.append(address, 11, Buffer.alloc(0));
    expect([again.status, await uploads.offset(address)]).toEqual([400, 11]);

    await files.restore(folder.id);
    expect((await uploads.send('HEAD', address)).headers.get('content-location')).toMatch(/files/);
    const { relationships } = await uploads.read(address);
    expect((await files.read(relationships?.file.data.id ?? '')).attributes.bytes).toBe(11);
    expect((await uploads.append(address, 11, Buffer.alloc(0))).status).toBe(204);
  });

  it('is gone a day after its last byte, and says so', async () => {
    const address = await uploads.begin(HELLO.length);
    const client = new pg.Client({ connectionString: server.environment['DATABASE_URL'] });
    await client.connect();
    await client.query(`update uploads set expires_at = now() - interval '1 second' where id = $1`, [
      address.split('/').at(-1),
    ]);
    await client.end();
    for (const answer of [await uploads.append(address, 0, HELLO), await uploads.send('GET', address)])
      expect([answer.status, (await faultOf(answer)).code]).toEqual([410, 'upload_expired']);
    expect((await uploads.send('HEAD', address)).status).toBe(410);
  });
});

describe('A resumable upload that is ended', () => {
  it('is gone with its bytes, but not when it has become a file', async () => {
    const address = await uploads.begin(HELLO.length);
    await uploads.append(address, 0, HELLO.subarray(0, 5));
    expect((await uploads.send('DELETE', address)).status).toBe(204);
    expect((await uploads.send('HEAD', address)).status).toBe(404);
    const finished = await uploads.begin(HELLO.length);
    await uploads.append(finished, 0, HELLO);
    const refused = await uploads.send('DELETE', finished);
    expect([refused.status, (await faultOf(refused)).code]).toEqual([409, 'upload_finished']);
    expect((await uploads.read(finished)).attributes.state).toBe('finished');
  });
});
