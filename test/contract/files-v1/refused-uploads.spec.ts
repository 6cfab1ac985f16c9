import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { blobsIn } from '../../support/blobs.js';
import { expectRefusal, expectStatus, FilesApi, JSON_API } from '../../support/files-api.js';
import { filePart, metadataPart, multipart, type Part } from '../../support/multipart.js';
import { PorticoServer } from '../../support/portico-server.js';
import { exchange } from '../../support/raw-http.js';
import { until } from '../../support/until.js';

const LIMIT = 100_000;

jest.setTimeout(60_000);

let server: PorticoServer;
let api: FilesApi;
let blobs: string[];
let ids: string[];

beforeAll(async () => {
  server = await PorticoServer.start({ env: { MAX_UPLOAD_BYTES: String(LIMIT) } });
  api = new FilesApi(server.url, server.headers);
  await api.create('kept.txt');
});
afterAll(() => server.dispose());

beforeEach(async () => {
  blobs = await blobsIn(server.dataDir);
  ids = await api.ids();
});
// Whatever is refused here: nothing of it remains.
afterEach(async () => {
  expect(await api.ids()).toEqual(ids);
  expect(await api.ids('/archive/files')).toEqual([]);
  await until('no blob of a refused upload', async () => (await blobsIn(server.dataDir)).length === blobs.length, 5);
  expect(await blobsIn(server.dataDir)).toEqual(blobs);
});

const metadata = (content: string): Part => ({ name: 'metadata', content });
const data = (value: object): Part => metadata(JSON.stringify({ data: value }));
const file = filePart('a.txt');
const attribute = (name: string): object => ({ source: { pointer: `/data/attributes/${name}` } });

describe('Create a file: a payload that is not valid', () => {
  it.each<[string, Part[], object]>([
    ['no part at all', [], { code: 'file_missing' }],
    ['no file', [metadataPart({ name: 'a.txt' })], { code: 'file_missing', source: { parameter: 'file' } }],
    ['a file without a file name', [{ name: 'file', content: 'x' }], { code: 'file_missing' }],
    ['another part', [file, { name: 'other', content: 'x' }], { source: { parameter: 'other' } }],
    ['another part with a file', [file, { ...file, name: 'document' }], { source: { parameter: 'document' } }],
    ['another part with a file alone', [{ ...file, name: 'document' }], { source: { parameter: 'document' } }],
    ['two files', [file, file], { source: { parameter: 'file' } }],
    ['two metadata', [metadataPart({}), file, metadataPart({})], { source: { parameter: 'metadata' } }],
    ['two metadata, one of them a file', [metadataPart({}), { ...metadataPart({}), filename: 'm.json' }, file], {}],
    ['metadata that is not JSON', [file, metadata('{"data":')], { code: 'invalid_json' }],
    ['metadata that is empty', [file, metadata('')], { code: 'invalid_json' }],
    ['metadata that is a list', [file, metadata('[]')], {}],
    ['metadata that is null', [file, metadata('null')], {}],
    ['metadata without data', [file, metadata('{}')], { source: { pointer: '/data' } }],
    ['data that is a list', [file, data([])], { source: { pointer: '/data' } }],
    ['data without a type', [file, data({ attributes: {} })], { source: { pointer: '/data/type' } }],
    ['attributes that are text', [file, data({ type: 'files', attributes: 'x' })], {}],
    ['a name that is a number', [file, metadataPart({ name: 5 })], attribute('name')],
    ['a name that is null', [file, metadataPart({ name: null })], attribute('name')],
    ['an unknown attribute', [file, metadataPart({ colour: 'red' })], attribute('colour')],
    ['an attribute that is not editable', [file, metadataPart({ bytes: 5 })], attribute('bytes')],
    ['a folder that is not there', [file, metadataPart({ parent_folder_id: 999999 })], attribute('parent_folder_id')],
    ['a member beside data', [file, metadata('{"data":{"type":"files"},"x":1}')], { source: { pointer: '/x' } }],
    ['another extension', [file, metadataPart({ name: 'a.pdf' })], attribute('name')],
    ['no extension', [file, metadataPart({ name: 'a' })], attribute('name')],
    ['an extension alone', [file, metadataPart({ name: '.txt' })], attribute('name')],
  ])('is refused with 400: %s', async (_says, parts, fault) => {
    expectRefusal(await api.send(parts), 400, fault);
    expectRefusal(await api.send([...parts].reverse()), 400);
  });

  it('is refused with 409 when the type is another one', async () => {
    expectRefusal(await api.send([file, data({ type: 'groups' })]), 409, { source: { pointer: '/data/type' } });
  });
});

describe('Create a file: a body that is not multipart/form-data', () => {
  it.each([
    'text/plain',
    'application/octet-stream',
    'multipart/mixed; boundary=x',
    'application/x-www-form-urlencoded',
  ])('is refused with 415 when it is %s', async (type) => {
    expectRefusal(await api.post('/files').set('Content-Type', type).send('{"data":{"type":"files"}}'), 415);
  });

  it.each([JSON_API, 'application/json'])('is a folder when it is %s: a file is refused with 400', async (type) => {
    const body = JSON.stringify({ data: { type: 'files', attributes: { name: 'a.txt' } } });
    const fault = { source: { pointer: '/data/attributes/is_folder' } };
    expectRefusal(await api.sendRaw('post', '/files', body, type), 400, fault);
  });

  it('is refused with 415 when it has no type', async () => {
    const headers = { ...server.headers, 'Content-Length': '1' };
    const write = { write: (request: { end: (body: string) => void }) => request.end('x') };
    expect(await exchange(server.url, { method: 'POST', path: '/v1/files', headers, ...write })).toMatchObject({
      status: 415,
    });
  });

  it('is refused with 400 or 415 when there is none', async () => {
    expect([400, 415]).toContain((await api.post('/files')).status);
  });
});

describe('Create a file: a broken multipart body', () => {
  const { type, body } = multipart([filePart('a.txt', 'x'.repeat(1000)), metadataPart({ name: 'a.txt' })]);

  it.each<[string, string, Buffer]>([
    ['no boundary in the type', 'multipart/form-data', body],
    ['an empty boundary', 'multipart/form-data; boundary=', body],
    ['another boundary', 'multipart/form-data; boundary=other', body],
    ['cut off in the file', type, body.subarray(0, 500)],
    ['cut off in a part header', type, body.subarray(0, 60)],
    ['cut off before the last boundary', type, body.subarray(0, body.length - 40)],
    ['no part header', type, Buffer.from(`--${type.split('=')[1]}\r\n\r\nx\r\n--${type.split('=')[1]}--\r\n`)],
    ['no multipart at all', type, Buffer.from('hello')],
    ['nothing', type, Buffer.alloc(0)],
  ])('is refused with 400: %s', async (_says, contentType, content) => {
    const headers = { ...server.headers, 'Content-Type': contentType, 'Content-Length': String(content.length) };
    const request = { method: 'POST', path: '/api/v1/files', headers };
    const answer = await exchange(server.url, { ...request, write: (out) => out.end(content) });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: expect.stringContaining('"status":"400"'),
    });
  });
});

describe('Create a file: too large', () => {
  it('is not when it has exactly the largest size', async () => {
    const answer = await api.send([filePart('largest.bin', Buffer.alloc(LIMIT))]);
    expectStatus(answer, 201);
    const { id } = (answer.body as { data: { id: string } }).data;
    ids = [...ids, id];
    blobs = await blobsIn(server.dataDir);
  });

  it('is refused with 413 when it is one byte larger', async () => {
    expectRefusal(await api.send([filePart('a.bin', Buffer.alloc(LIMIT + 1))]), 413, { code: 'file_too_large' });
  });

  it('is refused with 413 by its Content-Length, before the bytes are sent', async () => {
    const { type } = multipart([]);
    const headers = { ...server.headers, 'Content-Type': type, 'Content-Length': String(10 * 1024 ** 3) };
    const answer = await exchange(server.url, {
      method: 'POST',
      path: '/api/v1/files',
      headers,
      write: (request) => request.flushHeaders(),
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ status: '413', code: 'file_too_large' }] });
  });

  it('is refused with 413 while it streams in chunks, before its end', async () => {
    const { type, body } = multipart([filePart('a.bin', Buffer.alloc(4 * LIMIT))]);
    const answer = await exchange(server.url, {
      method: 'POST',
      path: '/api/v1/files',
      headers: { ...server.headers, 'Content-Type': type, 'Transfer-Encoding': 'chunked' },
      write: (request) => request.write(body.subarray(0, 3 * LIMIT)),
    });
    expect(answer.status).toBe(413);
    expect(answer.headers['content-type']).toBe(JSON_API);
  });

  it('is refused with 413 when the metadata are', async () => {
    const huge = metadata(JSON.stringify({ data: { type: 'files', attributes: { name: 'a'.repeat(1_100_000) } } }));
    expectRefusal(await api.send([huge, filePart('a.txt', 'x')]), 413);
    expectRefusal(await api.send([{ ...huge, filename: 'm.json' }, filePart('a.txt', 'x')]), 413);
  });
});

describe('Create a file: a client that goes away', () => {
  it('leaves nothing behind', async () => {
    const { type, body } = multipart([filePart('a.bin', Buffer.alloc(LIMIT - 1, 'x'))]);
    const headers = { ...server.headers, 'Content-Type': type, 'Content-Length': String(body.length) };
    await expect(
      exchange(server.url, {
        method: 'POST',
        path: '/api/v1/files',
        headers,
        write: (request) => {
          request.write(body.subarray(0, LIMIT / 2));
          const begun = async () => (await blobsIn(server.dataDir)).length > blobs.length;
          void until('bytes in the store', begun).finally(() => request.destroy());
        },
      }),
    ).rejects.toThrow();
  });
});
