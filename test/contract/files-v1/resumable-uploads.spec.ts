import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { FilesApi, INSTANT } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { exchange } from '../../support/raw-http.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';
import { checksumOf, faultOf, labelsOf, OFFSET_BYTES, UploadsApi } from '../../support/uploads-api.js';

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

describe('A resumable upload that is not in order', () => {
  const refusal = async (answer: Response) => {
    const { status, code } = await faultOf(answer);
    expect([answer.headers.get('content-type'), answer.headers.get('tus-resumable')]).toEqual([
      'application/vnd.api+json',
      '1.0.0',
    ]);
    return [Number(status) === answer.status ? answer.status : null, code];
  };

  it('is refused at its creation, and nothing of it is there', async () => {
    const file = await files.create('other.txt');
    const cases: [Promise<Response>, unknown[]][] = [
      [uploads.create('x', NAMED), [400, 'invalid_tus_header']],
      [uploads.create(-1, NAMED), [400, 'invalid_tus_header']],
      [uploads.send('POST', '', { 'Upload-Metadata': labelsOf(NAMED) }), [400, 'upload_length_missing']],
      [uploads.send('POST', '', { 'Upload-Defer-Length': '1' }), [400, 'tus_extension_unsupported']],
      [uploads.create(5, NAMED, { 'Upload-Concat': 'partial' }), [400, 'tus_extension_unsupported']],
      [uploads.create(5, NAMED, { 'Tus-Resumable': '0.2.2' }), [412, 'tus_version_unsupported']],
      [uploads.create(5, NAMED, { 'Upload-Metadata': 'filename %%%' }), [400, 'invalid_tus_header']],
      [uploads.create(5, { filetype: 'text/plain' }), [400, 'upload_filename_missing']],
      [uploads.create(5, { filename: 'a/b.txt' }), [400, 'invalid_name']],
      [uploads.create(5, { filename: 'a\u0000.txt' }), [400, 'invalid_name']],
      [uploads.create(5, { ...NAMED, metadata: '{' }), [400, 'invalid_json']],
      [uploads.create(5, { ...NAMED, metadata: '{"data":{"type":"groups"}}' }), [409, 'type_mismatch']],
      [uploads.create(5, { ...NAMED, metadata: metadata({ size: 1 }) }), [400, 'unknown_member']],
      [uploads.create(5, { ...NAMED, metadata: metadata({ name: 'a.pdf' }) }), [400, 'extension_mismatch']],
      [uploads.create(5, { ...NAMED, metadata: metadata({ parent_folder_id: 999_999 }) }), [400, 'folder_not_found']],
      [
        uploads.create(5, { ...NAMED, metadata: metadata({ parent_folder_id: Number(file.id) }) }),
        [400, 'not_a_folder'],
      ],
      [uploads.create(5 * 1024 ** 3 + 1, NAMED), [413, 'file_too_large']],
      [uploads.create(5, NAMED, { 'Upload-Checksum': 'md5 AAAA' }), [400, 'invalid_checksum']],
      [uploads.create(5, NAMED, {}, HELLO), [413, 'upload_length_exceeded']],
    ];
    for (const [answer, expected] of cases) expect(await refusal(await answer)).toEqual(expected);
  });

  it('takes bytes only where it is, in their own type, and no more than it has room for', async () => {
    const address = await uploads.begin(HELLO.length);
    const bytes = HELLO.subarray(0, 5);
    const missing = uploads.send('PATCH', address, { 'Content-Type': OFFSET_BYTES }, bytes);
    expect(await refusal(await missing)).toEqual([400, 'upload_offset_missing']);
    expect(await refusal(await uploads.append(address, 3, bytes))).toEqual([409, 'upload_offset_mismatch']);
    const typed = uploads.append(address, 0, bytes, { 'Content-Type': 'text/plain' });
    expect((await faultOf(await typed)).code).toBe('unsupported_media_type');
    expect(await refusal(await uploads.append(address, 0, Buffer.alloc(12)))).toEqual([413, 'upload_length_exceeded']);
    expect(await refusal(await uploads.append(address, 'x', bytes))).toEqual([400, 'invalid_tus_header']);
    expect(await refusal(await uploads.append(address, 0, bytes, { 'Tus-Resumable': '' }))).toEqual([
      412,
      'tus_version_unsupported',
    ]);
    expect(await uploads.offset(address)).toBe(0);
  });

  it('keeps nothing of bytes that have another hash than they should', async () => {
    const address = await uploads.begin(HELLO.length);
    const part = HELLO.subarray(0, 5);
    for (const algorithm of ['sha1', 'sha256']) {
      const wrong = await uploads.append(address, 0, part, checksumOf(HELLO, algorithm));
      expect([wrong.status, await faultOf(wrong)]).toEqual([
        460,
        expect.objectContaining({ status: '460', code: 'checksum_mismatch', title: 'Checksum Mismatch' }),
      ]);
      expect(await uploads.offset(address)).toBe(0);
    }
    expect((await uploads.append(address, 0, part, checksumOf(part, 'sha1'))).status).toBe(204);
    const last = await uploads.append(address, 5, HELLO.subarray(5), checksumOf(HELLO.subarray(5)));
    const id = last.headers.get('content-location')?.split('/').at(-1) ?? '';
    expect(await uploads.downloadedHash(id)).toBe(createHash('sha256').update(HELLO).digest('hex'));
  });

  it('refuses a header that is too long before anything else', async () => {
    const headers = { ...uploads.headers, 'Tus-Resumable': '1.0.0', 'Upload-Length': '5' };
    const tooLong = { ...headers, 'Upload-Metadata': labelsOf({ ...NAMED, metadata: 'x'.repeat(1024 ** 2) }) };
    const path = '/api/v1/uploads';
    const answer = await exchange(server.url, { method: 'POST', path, headers: tooLong }).catch(() => ({
      status: 431,
    }));
    expect(answer.status).toBe(431);
    expect((await uploads.create(5, NAMED)).status).toBe(201);
  });

  it('is nobody else’s, and not there for whoever asks for what can be no upload', async () => {
    for (const path of ['/1', '/01a1ff89-0320-7068-95ab-ceb7f5c26772'])
      expect(await refusal(await uploads.append(path, 0, HELLO)).catch(() => [404])).toContain(404);
    const answer = await uploads.send('GET', '/01a1ff89-0320-7068-95ab-ceb7f5c26772');
    expect((await faultOf(answer)).code).toBe('upload_not_found');
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
    } as RequestInit);
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
