import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import { pdfSaying } from '../../support/pdf.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { exchange } from '../../support/raw-http.js';

jest.setTimeout(60_000);

const CONTENT = Buffer.from('0123456789'.repeat(100));
const ETAG = `"${createHash('sha256').update(CONTENT).digest('hex')}"`;
const OTHER = `"${'0'.repeat(64)}"`;

let server: Portico;
let api: FilesApi;
let file: FileResource;
let empty: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  file = await api.create('Sample.pdf', CONTENT);
  empty = await api.create('empty.txt', '');
});
afterAll(() => server.dispose());

const download = (headers: Record<string, string> = {}, of = file) => api.download(`/files/${of.id}/download`, headers);

describe('Download a file', () => {
  it('answers the bytes with the headers of the contract', async () => {
    const { status, headers, body } = await download();
    expect(status).toBe(200);
    expect(body).toEqual(CONTENT);
    expect(headers).toMatchObject({
      'content-disposition': `attachment; filename="Sample.pdf"; filename*=UTF-8''Sample.pdf`,
      'content-type': 'application/binary',
      'content-length': '1000',
      'x-content-type-options': 'nosniff',
      etag: ETAG,
      'accept-ranges': 'bytes',
    });
  });

  it.each(['/api/v1', '/v1'])('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    for (const slash of ['', '/'])
      expect((await there.download(`/files/${file.id}/download${slash}`)).body).toEqual(CONTENT);
  });

  it.each(['application/json', 'image/png', 'text/html;q=0.9', 'nonsense'])(
    'never refuses an Accept of %s',
    async (accept) => {
      expect((await download({ Accept: accept })).status).toBe(200);
    },
  );

  it('gives the bytes of a real PDF back, whole and in pieces', async () => {
    const bytes = pdfSaying('Quarterly report');
    const pdf = await api.create('Quarterly.pdf', bytes);
    expect((await download({}, pdf)).body).toEqual(bytes);
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 100)
      pieces.push((await download({ Range: `bytes=${at}-${at + 99}` }, pdf)).body);
    expect(Buffer.concat(pieces)).toEqual(bytes);
  });

  it('escapes quotes and backslashes in filename, and gives other scripts in filename*', async () => {
    const quoted = await api.create(`a "b" 100%.txt`);
    expect((await download({}, quoted)).headers['content-disposition']).toBe(
      `attachment; filename="a \\"b\\" 100%.txt"; filename*=UTF-8''a%20%22b%22%20100%25.txt`,
    );
    const scripts = await api.create(`報告 🎉 (1)'*.pdf`);
    const disposition = (await download({}, scripts)).headers['content-disposition'] ?? '';
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]*\.pdf"; filename\*=UTF-8''/);
    expect(disposition.split(`UTF-8''`)[1]).toBe('%E5%A0%B1%E5%91%8A%20%F0%9F%8E%89%20%281%29%27%2A.pdf');
  });

  it('answers a HEAD with the same headers and no body', async () => {
    const get = await download();
    const head = await api.head(`/files/${file.id}/download`);
    expect(head.status).toBe(200);
    for (const name of ['content-length', 'content-type', 'content-disposition', 'etag', 'accept-ranges'])
      expect(head.headers[name]).toBe(get.headers[name]);
    expect(head.text ?? '').toBe('');
  });

  it('answers an empty file, and a HEAD of it', async () => {
    for (const answer of [await download({}, empty), await api.head(`/files/${empty.id}/download`)])
      expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '0' } });
  });

  it('is not cached for others and not without asking again', async () => {
    expect((await download()).headers['cache-control']).toMatch(/private.*no-cache|no-store/);
  });

  it('does not find an unknown file', async () => {
    expectRefusal(await api.get('/files/999999999/download'), 404, { code: 'file_not_found' });
    expectRefusal(await api.get('/files/abc/download'), 404, { code: 'file_not_found' });
  });

  it('serves several downloads of one file at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => download()));
    for (const { body } of answers) expect(body).toEqual(CONTENT);
  });
});

describe('Download a file: ranges', () => {
  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=450-549', 450, 549],
    ['bytes=990-', 990, 999],
    ['bytes=999-999', 999, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-100', 900, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=900-5000', 900, 999],
    ['bytes=0-', 0, 999],
    ['bytes= 10-19', 10, 19],
  ])('answers %s with the bytes %d to %d', async (range, start, end) => {
    const { status, headers, body } = await download({ Range: range });
    expect(status).toBe(206);
    expect(body).toEqual(CONTENT.subarray(start, end + 1));
    expect(headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/1000`,
      'content-length': String(end - start + 1),
      etag: ETAG,
      'content-type': 'application/binary',
    });
    expect(headers['content-disposition']).toContain('Sample.pdf');
  });

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=99999999999999999999-', 'bytes=-0'])(
    'answers %s, which is past the end, with 416 and the size',
    async (range) => {
      const answer = await api.get(`/files/${file.id}/download`).set('Range', range);
      expectRefusal(answer, 416, { source: { header: 'Range' } });
      expect(answer.headers['content-range']).toBe('bytes */1000');
    },
  );

  it.each(['bytes=0-9,20-29', 'lines=1-2', 'bytes', 'bytes=', 'bytes=a-b', 'nonsense'])(
    'may answer %s with the whole',
    async (range) => {
      const { status, body } = await download({ Range: range });
      expect(status).toBe(200);
      expect(body).toEqual(CONTENT);
    },
  );

  it('answers a range that ends before it begins with the whole or 416, both of which RFC 9110 allows', async () => {
    expect([200, 416]).toContain((await download({ Range: 'bytes=9-5' })).status);
  });

  it('answers a range of an empty file with 416', async () => {
    const answer = await api.get(`/files/${empty.id}/download`).set('Range', 'bytes=0-');
    expectRefusal(answer, 416);
    expect(answer.headers['content-range']).toBe('bytes */0');
  });

  it('answers a HEAD with a range with the length of the part or of the whole, and no body', async () => {
    const headers = { ...server.headers, Range: 'bytes=0-9' };
    const answer = await exchange(server.url, { method: 'HEAD', path: `/v1/files/${file.id}/download`, headers });
    expect(answer.body).toBe('');
    expect([`206 10`, `200 1000`]).toContain(`${answer.status} ${answer.headers['content-length']}`);
  });
});

describe('Download a file: conditions', () => {
  it.each([
    ['If-Range: the same bytes', { 'If-Range': ETAG, Range: 'bytes=0-9' }, 206],
    ['If-Range: other bytes', { 'If-Range': OTHER, Range: 'bytes=0-9' }, 200],
    ['If-Range: a weak tag', { 'If-Range': `W/${ETAG}`, Range: 'bytes=0-9' }, 200],
    ['If-Range: a date', { 'If-Range': 'Thu, 01 Jan 2099 00:00:00 GMT', Range: 'bytes=0-9' }, 200],
    ['If-Range: other bytes, a range past the end', { 'If-Range': OTHER, Range: 'bytes=5000-' }, 200],
    ['If-None-Match: the same bytes', { 'If-None-Match': ETAG }, 304],
    ['If-None-Match: weak', { 'If-None-Match': `W/${ETAG}` }, 304],
    ['If-None-Match: a list', { 'If-None-Match': `${OTHER}, W/"x" , ${ETAG}` }, 304],
    ['If-None-Match: *', { 'If-None-Match': '*' }, 304],
    ['If-None-Match: other bytes', { 'If-None-Match': OTHER }, 200],
    ['If-None-Match: the same bytes, and a range', { 'If-None-Match': ETAG, Range: 'bytes=0-9' }, 304],
    ['If-None-Match: other bytes, and a range', { 'If-None-Match': OTHER, Range: 'bytes=0-9' }, 206],
    ['If-Match: the same bytes', { 'If-Match': ETAG }, 200],
    ['If-Match: a list', { 'If-Match': `${OTHER}, ${ETAG}` }, 200],
    ['If-Match: *', { 'If-Match': '*' }, 200],
    ['If-Match: other bytes', { 'If-Match': OTHER }, 412],
    ['If-Match: weak', { 'If-Match': `W/${ETAG}` }, 412],
    [
      'If-Match: other bytes, before anything else',
      { 'If-Match': OTHER, 'If-None-Match': ETAG, Range: 'bytes=9999-' },
      412,
    ],
  ])('%s', async (_says, headers, status) => {
    const answer = await api.download(`/files/${file.id}/download`, headers);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toEqual(CONTENT);
    if (status === 206) expect(answer.body).toEqual(CONTENT.subarray(0, 10));
    if (status === 304) expect([answer.body.length, answer.headers.etag]).toEqual([0, ETAG]);
    const head = await api.head(`/files/${file.id}/download`).set(headers as Record<string, string>);
    expect(head.status).toBe(status);
  });

  it('tells what is wrong when If-Match fails', async () => {
    const answer = await api.get(`/files/${file.id}/download`).set('If-Match', OTHER);
    expectRefusal(answer, 412, { code: 'precondition_failed', source: { header: 'If-Match' } });
  });

  it('gives the same tag after a rename: it names the bytes', async () => {
    const renamed = await api.create('before.txt', CONTENT);
    expectStatus(await api.rename(renamed.id, 'after.txt'), 200);
    expect((await download({}, renamed)).headers['etag']).toBe(ETAG);
  });
});
