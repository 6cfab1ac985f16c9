import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FilesApi } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { exchange } from '../../support/raw-http.js';
import { SharedPortico } from '../../support/shared-portico.js';
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

const metadata = (attributes: object): string => JSON.stringify({ data: { type: 'files', attributes } });

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
    expect(await refusal(await typed)).toEqual([415, 'unsupported_media_type']);
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
    const sending = exchange(server.url, { method: 'POST', path, headers: tooLong });
    const status = await sending.then(
      (answer) => answer.status,
      ({ code }: NodeJS.ErrnoException) => code, // it hangs up, which may come before the answer is read
    );
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect((await uploads.create(5, NAMED)).status).toBe(201);
  });

  it('is not there under an id that nothing has, or that can be no id', async () => {
    for (const path of ['/1', '/01a1ff89-0320-7068-95ab-ceb7f5c26772'])
      for (const answer of [await uploads.append(path, 0, HELLO), await uploads.send('GET', path)])
        expect(await refusal(answer)).toEqual([404, 'upload_not_found']);
  });
});
