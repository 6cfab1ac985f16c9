import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectStatus, type FileResource, FilesApi, INSTANT, JSON_API } from '../../support/files-api.js';
import { filePart, metadataPart, type Part } from '../../support/multipart.js';
import { pdfSaying } from '../../support/pdf.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

const DEFAULT_TYPE = /^(?:application\/octet-stream|text\/plain)$/;

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const created = async (...parts: readonly Part[]): Promise<FileResource> => {
  const answer = await api.send(parts);
  expectStatus(answer, 201);
  return dataOf(answer);
};

describe('Create a file', () => {
  it('answers the example of the seed: 201, the resource and where it is', async () => {
    const before = Date.now();
    const answer = await api.send([
      filePart('Sample.txt', '<RAW_FILE_DATA>', 'text/plain'),
      metadataPart({ name: 'Sample.txt' }),
    ]);
    expectStatus(answer, 201);
    expect(answer.headers['content-type']).toBe(JSON_API);
    const file = dataOf(answer);
    expect(file.attributes).toEqual({
      content_type: 'text/plain',
      bytes: 15,
      name: 'Sample.txt',
      created_at: expect.stringMatching(INSTANT),
      modified_at: file.attributes.created_at,
      is_folder: false,
      parent_folder_id: 0,
      sha256: createHash('sha256').update('<RAW_FILE_DATA>').digest('hex'),
    });
    expect(Math.abs(Date.parse(file.attributes.created_at) - before)).toBeLessThan(10_000);
    expect((await api.get(`/files/${file.id}`)).body).toEqual(answer.body);
    expect(answer.headers['location']).toBe(`/api/v1/files/${file.id}`);
  });

  it.each([
    ['/api/v1', '/files'],
    ['/api/v1', '/files/'],
    ['/v1', '/files'],
    ['/v1', '/files/'],
  ])('is served at %s%s, and Location leads to the file', async (base, path) => {
    const answer = await new FilesApi(server.url, server.headers, base).send([filePart('a.txt')], path);
    expectStatus(answer, 201);
    const location = answer.headers['location'] ?? '';
    expect(location).toBe(`${base}/files/${dataOf(answer).id}`);
    expectStatus(await new FilesApi(server.url, server.headers, '').get(location), 200);
  });

  it('takes the parts in either order', async () => {
    const parts = [filePart('original.txt'), metadataPart({ name: 'Chosen.txt' })];
    expect((await created(...parts)).attributes.name).toBe('Chosen.txt');
    expect((await created(...parts.reverse())).attributes.name).toBe('Chosen.txt');
  });

  it('calls the file as its part says when there is no metadata', async () => {
    expect((await created(filePart('As It Came.txt'))).attributes.name).toBe('As It Came.txt');
  });

  it.each<[string, Part]>([
    ['without attributes', { name: 'metadata', content: '{"data":{"type":"files"}}' }],
    ['with empty attributes', metadataPart({})],
    ['that name the top level', metadataPart({ parent_folder_id: 0 })],
    ['that name the top level as a string', metadataPart({ parent_folder_id: '0' })],
  ])('calls the file as its part says when there is metadata %s', async (_says, metadata) => {
    expect((await created(filePart('As It Came.txt'), metadata)).attributes).toMatchObject({
      name: 'As It Came.txt',
      parent_folder_id: 0,
    });
  });

  it.each<[string, Partial<Part>]>([
    ['application/json', { type: 'application/json' }],
    ['application/vnd.api+json', { type: JSON_API }],
    ['text/plain with a charset', { type: 'text/plain; charset=utf-8' }],
    ['application/json and a file name', { type: 'application/json', filename: 'metadata.json' }],
    ['no type and the file name "blob"', { filename: 'blob' }],
  ])('takes metadata with %s', async (_says, how) => {
    const metadata = { ...metadataPart({ name: 'Chosen 日本.txt' }), ...how };
    expect((await created(metadata, filePart('a.txt'))).attributes.name).toBe('Chosen 日本.txt');
    expect((await created(filePart('a.txt'), metadata)).attributes.name).toBe('Chosen 日本.txt');
  });

  it('takes what FormData and fetch make of two Blobs', async () => {
    const form = new FormData();
    const metadata = JSON.stringify({ data: { type: 'files', attributes: { name: 'From a browser.txt' } } });
    form.append('metadata', new Blob([metadata], { type: 'application/json' }));
    form.append('file', new Blob(['from a browser'], { type: 'text/plain' }), 'browser.txt');
    const answer = await fetch(`${server.url}/api/v1/files`, { method: 'POST', headers: server.headers, body: form });
    expect(answer.status).toBe(201);
    const { data } = (await answer.json()) as { data: FileResource };
    expect(data.attributes).toMatchObject({ name: 'From a browser.txt', bytes: 14, content_type: 'text/plain' });
  });

  it('keeps an empty file', async () => {
    const { id, attributes } = await created(filePart('empty.txt', ''));
    expect(attributes).toMatchObject({ bytes: 0, sha256: createHash('sha256').digest('hex') });
    expect((await api.download(`/files/${id}/download`)).body).toHaveLength(0);
  });

  it('keeps a real PDF byte for byte', async () => {
    const pdf = pdfSaying('Statement of account (2017)');
    const { id, attributes } = await created(filePart('Statement.pdf', pdf, 'application/pdf'));
    expect(attributes).toMatchObject({ bytes: pdf.length, sha256: createHash('sha256').update(pdf).digest('hex') });
    expect((await api.download(`/files/${id}/download`)).body).toEqual(pdf);
  });

  it('keeps bytes that look like a boundary, like line ends and like nothing at all', async () => {
    const content = Buffer.from('\r\n--\r\n----portico\r\n\0\xff\xfe\r\n\r\n--', 'latin1');
    const { id } = await created(filePart('odd.bin', content));
    expect((await api.download(`/files/${id}/download`)).body).toEqual(content);
  });

  it('keeps two files with the same name and the same bytes apart', async () => {
    const [one, two] = [await created(filePart('same.txt', 'x')), await created(filePart('same.txt', 'x'))];
    expect(one.id).not.toBe(two.id);
    await api.delete(`/files/${one.id}`);
    expect((await api.download(`/files/${two.id}/download`)).body.toString()).toBe('x');
  });

  it.each([
    ['Report.PDF', 'report.pdf'],
    ['report.pdf', 'Report.PDF'],
    ['archive.tar.gz', 'other.zip.GZ'],
    ['Makefile', 'README'],
    ['.profile', '.bashrc'],
  ])('lets a file that arrives as %s be called %s: the extension is the same', async (original, name) => {
    expect((await created(filePart(original), metadataPart({ name }))).attributes.name).toBe(name);
  });

  it.each([
    ['a.pdf', 'application/pdf', 'application/pdf'],
    ['A.PDF', 'text/plain', 'application/pdf'],
    ['a.csv', 'application/octet-stream', 'text/csv'],
    ['a.unknownext', 'Image/X-Special', 'image/x-special'],
    ['a.unknownext', 'text/plain; charset=utf-8', 'text/plain'],
    ['noextension', 'image/png', 'image/png'],
    // RFC 7578, section 4.4: a part without a type, or with one that is none, is text/plain.
    ['noextension', undefined, expect.stringMatching(DEFAULT_TYPE)],
    ['a.unknownext', 'nonsense', expect.stringMatching(DEFAULT_TYPE)],
  ])('gives %s with the part type %s the content type %s', async (name, partType, contentType) => {
    expect((await created(filePart(name, 'x', partType))).attributes.content_type).toEqual(contentType);
  });
});
