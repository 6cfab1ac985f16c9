import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Upload, type UploadOptions } from 'tus-js-client';
import { FilesApi } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';
import { faultOf, UploadsApi } from '../../support/uploads-api.js';

jest.setTimeout(60_000);

const bytes = randomBytes(5 * 1024 * 1024 + 17);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let server: Portico;
let uploads: UploadsApi;
beforeAll(async () => {
  server = await SharedPortico.start();
  uploads = UploadsApi.of(server);
});
afterAll(() => server.dispose());

interface Sent {
  readonly file: string;
  readonly address: string;
}

/** Sends with the client that most have (tus-js-client), which knows nothing of us. */
function sendWithClient(options: Partial<UploadOptions> = {}): { upload: Upload; sent: Promise<Sent> } {
  let upload: Upload | undefined;
  const sent = new Promise<Sent>((resolve, reject) => {
    upload = new Upload(bytes, {
      ...{ endpoint: `${server.url}/api/v1/uploads/`, headers: { ...server.headers }, retryDelays: [0, 100, 500] },
      metadata: { filename: 'Überblick 見積.pdf', filetype: 'application/pdf' },
      onSuccess: ({ lastResponse }) =>
        resolve({
          file: lastResponse.getHeader('Content-Location')?.split('/').at(-1) ?? '',
          address: upload?.url ?? '',
        }),
      onError: reject,
      ...options,
    });
    upload.start();
  });
  if (!upload) throw new Error('there is no upload');
  return { upload, sent };
}

describe('tus-js-client', () => {
  it.each([
    ['in one piece', {}],
    ['in chunks', { chunkSize: 2 * 1024 * 1024 }],
    ['in chunks, the first with the creation', { chunkSize: 2 * 1024 * 1024, uploadDataDuringCreation: true }],
  ])('sends a file %s', async (_how, options) => {
    const { file } = await sendWithClient(options).sent;
    const { attributes } = await new FilesApi(server.url, server.headers).read(file);
    expect(attributes).toMatchObject({ name: 'Überblick 見積.pdf', bytes: bytes.length, sha256 });
    expect(await uploads.downloadedHash(file)).toBe(sha256);
  });

  it('goes on with what it was interrupted in', async () => {
    const first = sendWithClient({ chunkSize: 1024 * 1024, onChunkComplete: () => void first.upload.abort() });
    await until('a chunk is there', async () => (await offsetOf(first.upload)) >= 1024 * 1024);
    const { sent } = sendWithClient({ uploadUrl: first.upload.url, chunkSize: 2 * 1024 * 1024 });
    expect(await uploads.downloadedHash((await sent).file)).toBe(sha256);
  });

  it('ends an upload', async () => {
    const { upload } = sendWithClient({ chunkSize: 1024 * 1024, onChunkComplete: () => void upload.abort(true) });
    const status = async () => (upload.url ? (await uploads.send('GET', new URL(upload.url).pathname)).status : 0);
    await until('it is gone', async () => (await status()) === 404);
    expect(upload.url).toMatch(/\/api\/v1\/uploads\//);
  });

  /** As GET tells it: HEAD would ask the call that writes to come to its end. */
  const offsetOf = async ({ url }: Upload): Promise<number> =>
    url ? (await uploads.read(new URL(url).pathname)).attributes.offset : 0;
});

describe('The uploads of a user', () => {
  it('are theirs alone: nobody else sees them, goes on with them or ends them', async () => {
    const operator = new Operator(server);
    const permissions = ['api_access', 'files_edit'];
    const colleague = (await operator.apiOf({ permissions, allData: true })).headers;
    const { firmId, apiKey } = await operator.firm('Other Firm');
    const address = await uploads.begin(11);
    for (const headers of [colleague, keyHeaders(apiKey, firmId)]) {
      const others = new UploadsApi(server.url, headers);
      for (const answer of [
        await others.send('GET', address),
        await others.append(address, 0, Buffer.from('hello world')),
        await others.send('DELETE', address),
      ])
        expect([answer.status, (await faultOf(answer)).code]).toEqual([404, 'upload_not_found']);
      expect((await others.send('HEAD', address)).status).toBe(404);
    }
    expect(await uploads.offset(address)).toBe(0);
  });

  it('need the right to change files', async () => {
    const { headers } = await new Operator(server).apiOf({ permissions: ['api_access', 'files_view'], allData: true });
    const reader = new UploadsApi(server.url, headers);
    const address = await uploads.begin(11);
    expect((await reader.create(5, { filename: 'a.txt' })).status).toBe(403);
    expect((await reader.check({ filename: 'a.txt', bytes: 5 })).status).toBe(403);
    for (const method of ['HEAD', 'GET', 'DELETE']) expect((await reader.send(method, address)).status).toBe(403);
    const nobody = new UploadsApi(server.url, {});
    for (const method of ['HEAD', 'GET', 'DELETE']) expect((await nobody.send(method, address)).status).toBe(401);
  });

  it('are begun once under a key', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const one = await uploads.create(5, { filename: 'a.txt' }, key);
    const again = await uploads.create(5, { filename: 'a.txt' }, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(one.headers.get('location'));
    const other = await uploads.create(6, { filename: 'a.txt' }, key);
    expect([other.status, (await faultOf(other)).code]).toEqual([400, 'idempotency_key_reused']);
  });
});

describe('A check before an upload', () => {
  const metadata = (attributes: object) => ({ data: { type: 'files', attributes } });

  it('tells what would become of it, and makes nothing', async () => {
    const files = new FilesApi(server.url, server.headers);
    const folder = await files.createFolder('Checked');
    const before = await files.ids();
    const asked = { filename: 'Sample.PDF', bytes: 5, metadata: metadata({ parent_folder_id: Number(folder.id) }) };
    const answer = await uploads.check(asked);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        meta: {
          ...{ name: 'Sample.PDF', content_type: 'application/pdf' },
          ...{ parent_folder_id: Number(folder.id), max_bytes: 5 * 1024 ** 3 },
        },
      },
    ]);
    expect(await files.ids()).toEqual(before);
  });

  it.each<[string, object, number, string, object]>([
    ['a name', { filename: 'a/b.txt' }, 400, 'invalid_name', { pointer: '/data/attributes/filename' }],
    ['no name', { filename: undefined }, 400, 'invalid_value', { pointer: '/data/attributes/filename' }],
    ['a number of bytes', { bytes: -1 }, 400, 'invalid_value', { pointer: '/data/attributes/bytes' }],
    ['too many bytes', { bytes: 5 * 1024 ** 3 + 1 }, 413, 'file_too_large', {}],
    [
      'another ending',
      { metadata: metadata({ name: 'a.pdf' }) },
      ...([400, 'extension_mismatch', { pointer: '/data/attributes/metadata/data/attributes/name' }] as const),
    ],
    [
      'a folder that is not there',
      { metadata: metadata({ parent_folder_id: 999_999 }) },
      ...([
        400,
        'folder_not_found',
        { pointer: '/data/attributes/metadata/data/attributes/parent_folder_id' },
      ] as const),
    ],
    [
      'a member that is unknown',
      { metadata: metadata({ size: 1 }) },
      ...([400, 'unknown_member', { pointer: '/data/attributes/metadata/data/attributes/size' }] as const),
    ],
  ])('refuses %s as the upload would', async (_what, changes, status, code, source) => {
    const answer = await uploads.check({ filename: 'Sample.txt', bytes: 5, ...changes });
    const { errors } = (await answer.json()) as { errors: { code: string; source?: object }[] };
    expect([answer.status, errors[0]?.code, errors[0]?.source ?? {}]).toEqual([status, code, source]);
  });
});
