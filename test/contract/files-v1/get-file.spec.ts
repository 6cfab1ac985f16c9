import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, type FileResource, FilesApi, INSTANT, JSON_API } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
let file: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  file = await api.create('Sample.pdf', 'a sample');
});
afterAll(() => server.dispose());

describe('Get a file', () => {
  it('answers the resource of the seed, with exactly the attributes of the contract', async () => {
    const answer = await api.get(`/files/${file.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(JSON_API);
    const self = `/v1/files/${file.id}`;
    expect(answer.body).toEqual({
      data: {
        id: expect.stringMatching(/^[1-9]\d*$/),
        type: 'files',
        attributes: {
          content_type: 'application/pdf',
          bytes: 8,
          name: 'Sample.pdf',
          created_at: expect.stringMatching(INSTANT),
          modified_at: expect.stringMatching(INSTANT),
          is_folder: false,
          parent_folder_id: 0,
          sha256: createHash('sha256').update('a sample').digest('hex'),
        },
        relationships: {
          associated_groups: {
            links: { self: `${self}/relationships/associated_groups`, related: `${self}/associated_groups` },
            data: [],
          },
          associated_entities: {
            links: { self: `${self}/relationships/associated_entities`, related: `${self}/associated_entities` },
            data: [],
          },
        },
        links: { self },
      },
    });
  });

  it.each(['/api/v1', '/v1'])(
    'is served under %s with and without a trailing slash, with the same body',
    async (base) => {
      const there = new FilesApi(server.url, server.headers, base);
      const [plain, slash] = [await there.get(`/files/${file.id}`), await there.get(`/files/${file.id}/`)];
      expect([plain.status, slash.status]).toEqual([200, 200]);
      expect(dataOf(plain)).toEqual(file);
      expect(slash.text).toBe(plain.text);
    },
  );

  it('answers a HEAD like a GET without the body', async () => {
    const [whole, head] = [await api.get(`/files/${file.id}`), await api.head(`/files/${file.id}`)];
    expect(head.status).toBe(200);
    expect(head.text ?? '').toBe('');
    for (const name of ['content-type', 'content-length']) expect(head.headers[name]).toBe(whole.headers[name]);
  });

  it.each(['include=associated_groups', 'include=', 'include'])('refuses ?%s with 400', async (query) => {
    expectRefusal(await api.get(`/files/${file.id}?${query}`), 400, { source: { parameter: 'include' } });
  });

  it.each([
    'filter[files][colour]',
    'filter[files][created_after]',
    'filter[createdAfter]',
    'createdAfter',
    'sort',
    'fields[files]',
    '__proto__',
    'constructor',
    'valueOf',
    'isPrototypeOf',
  ])('refuses the unknown parameter %s with 400', async (name) => {
    expectRefusal(await api.get(`/files/${file.id}?${name}=2017-04-06`), 400, { source: { parameter: name } });
  });

  it.each(['999999999', '9223372036854775807'])('does not find the unknown id %s', async (id) => {
    expectRefusal(await api.get(`/files/${id}`), 404, { code: 'file_not_found' });
  });

  it.each([
    '0',
    '-1',
    'abc',
    '1.5',
    '1e3',
    '0x1',
    '9223372036854775808',
    '9'.repeat(400),
    "1'--",
    '%00',
    '1%20',
    '%C3%A9',
  ])('does not find %s, which is not an id', async (id) => {
    expectRefusal(await api.get(`/files/${id}`), 404, { code: 'file_not_found' });
  });

  it('does not find an id with a zero in front: a resource has one address', async () => {
    expectRefusal(await api.get(`/files/0${file.id}`), 404, { code: 'file_not_found' });
  });
});
