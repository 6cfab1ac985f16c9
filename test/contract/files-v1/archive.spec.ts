import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  dataOf,
  expectRefusal,
  expectStatus,
  type FileList,
  FilesApi,
  INSTANT,
  JSON_API,
} from '../../support/files-api.js';
import { pdfSaying } from '../../support/pdf.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const bases = ['/api/v1', '/v1'];

describe('Delete a file', () => {
  it('answers the example of the seed: 204 and nothing else', async () => {
    const file = await api.create('a.txt');
    const answer = await api.delete(`/files/${file.id}`);
    expectStatus(answer, 204);
    expect(answer.text).toBe('');
    expect(answer.headers['content-type']).toBeUndefined();
  });

  it('takes the file from the active ones and shows it among the archived ones, with its bytes', async () => {
    const file = await api.createArchived('moved.txt', 'kept');
    expect(await api.ids()).not.toContain(file.id);
    expect(await api.ids('/archive/files')).toContain(file.id);
    expect((await api.download(`/archive/files/${file.id}/download`)).body.toString()).toBe('kept');
  });

  it('makes every route of the active file answer 404', async () => {
    const { id } = await api.createArchived('hidden.txt');
    expectRefusal(await api.get(`/files/${id}`), 404, { code: 'file_not_found' });
    expectRefusal(await api.get(`/files/${id}/download`), 404, { code: 'file_not_found' });
    expectRefusal(await api.rename(id, 'x.txt'), 404, { code: 'file_not_found' });
    expectRefusal(await api.delete(`/files/${id}`), 404, { code: 'file_not_found' });
  });

  it('archives once when it is asked many times at once', async () => {
    const { id } = await api.create('once.txt');
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.delete(`/files/${id}`)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([204, 404, 404, 404, 404, 404]);
  });

  it.each(bases)('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    for (const slash of ['', '/']) {
      const { id } = await api.create('b.txt');
      expectStatus(await there.delete(`/files/${id}${slash}`), 204);
    }
  });

  it('takes an empty body in JSON, and refuses one in another type with 415', async () => {
    const { id } = await api.create('c.txt');
    expectRefusal(await api.delete(`/files/${id}`).set('Content-Type', 'text/plain').send('x'), 415);
    expectStatus(await api.delete(`/files/${id}`).set('Content-Type', JSON_API), 204);
  });

  it('does not find an unknown file', async () => {
    expectRefusal(await api.delete('/files/999999999'), 404, { code: 'file_not_found' });
    expectRefusal(await api.delete('/files/abc'), 404, { code: 'file_not_found' });
  });
});

describe('Get an archived file', () => {
  it('answers the example of the seed: the same attributes, deleted_at, and links below the archive', async () => {
    const file = await api.createArchived('archived_transactions.csv', 'a,b');
    const self = `/v1/archive/files/${file.id}`;
    const links = (name: string) => ({ self: `${self}/relationships/${name}`, related: `${self}/${name}` });
    const answer = await api.get(`/archive/files/${file.id}`);
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe(JSON_API);
    expect(answer.body).toEqual({
      data: {
        id: file.id,
        type: 'files',
        attributes: { ...file.attributes, deleted_at: expect.stringMatching(INSTANT) },
        relationships: {
          associated_groups: { links: links('associated_groups'), data: [] },
          associated_entities: { links: links('associated_entities'), data: [] },
        },
        links: { self },
      },
    });
    const { deleted_at = '', created_at } = dataOf(answer).attributes;
    expect(deleted_at >= created_at).toBe(true);
    expect(Math.abs(Date.parse(deleted_at) - Date.now())).toBeLessThan(10_000);
  });

  it.each(bases)('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    const { id } = await api.createArchived('b.txt');
    for (const path of [`/archive/files/${id}`, `/archive/files/${id}/`, `/archive/files/${id}/download`])
      expectStatus(await there.get(path), 200);
  });

  it('refuses include with 400', async () => {
    const { id } = await api.createArchived('c.txt');
    expectRefusal(await api.get(`/archive/files/${id}?include=x`), 400, { source: { parameter: 'include' } });
  });

  it('does not find an active, unknown or impossible id', async () => {
    const active = await api.create('active.txt');
    for (const path of [
      `/archive/files/${active.id}`,
      `/archive/files/${active.id}/download`,
      '/archive/files/999999999',
    ])
      expectRefusal(await api.get(path), 404, { code: 'archived_file_not_found' });
    expectRefusal(await api.get('/archive/files/abc'), 404);
  });

  it('is for reading only', async () => {
    const { id } = await api.createArchived('readonly.txt');
    expectRefusal(await api.delete(`/archive/files/${id}`), 405);
    expectRefusal(await api.patchRaw(`/archive/files/${id}`, '{}'), 405);
  });
});

describe('Get all archived files', () => {
  it('answers the same resources as the single reads, page by page, with links below the archive', async () => {
    const ids = await api.ids('/archive/files');
    const pages = await api.walk('/archive/files?page[limit]=3');
    expect(pages.flatMap(({ data }) => data.map(({ id }) => id))).toEqual(ids);
    expect(pages[0]?.links.next).toBe(`/v1/archive/files?page[limit]=3&page[after]=${ids[2]}`);
    for (const resource of (pages[0] as FileList).data)
      expect(dataOf(await api.get(`/archive/files/${resource.id}`))).toEqual(resource);
  });

  it.each(bases)('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    for (const path of ['/archive/files', '/archive/files/']) expectStatus(await there.get(path), 200);
  });

  it.each(['include=x', 'page[limit]=0', 'filter[files][colour]=red', 'page[after]=x'])(
    'refuses ?%s with 400',
    async (query) => {
      expectRefusal(await api.get(`/archive/files?${query}`), 400, { source: { parameter: query.split('=')[0] } });
    },
  );
});

describe('Download an archived file', () => {
  it('answers the bytes, ranges and conditions like the active one', async () => {
    const pdf = pdfSaying('Archived');
    const { id, attributes } = await api.createArchived('Sample.pdf', pdf);
    const whole = await api.download(`/archive/files/${id}/download`);
    expect(whole.body).toEqual(pdf);
    expect(whole.headers).toMatchObject({
      'content-disposition': `attachment; filename="Sample.pdf"; filename*=UTF-8''Sample.pdf`,
      'content-type': 'application/binary',
      etag: `"${attributes.sha256}"`,
    });
    const part = await api.download(`/archive/files/${id}/download`, { Range: 'bytes=0-4' });
    expect([part.status, part.body.toString()]).toEqual([206, '%PDF-']);
    const etag = whole.headers.etag ?? '';
    expect((await api.download(`/archive/files/${id}/download`, { 'If-None-Match': etag })).status).toBe(304);
  });
});

describe('Restore an archived file', () => {
  it.each(bases.flatMap((base) => [`${base}`, `${base} `]))(
    'brings it back exactly as it was, under %s',
    async (where) => {
      const there = new FilesApi(server.url, server.headers, where.trim());
      const file = await api.createArchived('back.txt', 'bytes');
      const answer = await there.post(`/archive/files/${file.id}/restore${where.endsWith(' ') ? '/' : ''}`);
      expectStatus(answer, 200);
      expect(answer.headers['content-type']).toBe(JSON_API);
      expect(dataOf(answer)).toEqual(file);
      expect(dataOf(await api.get(`/files/${file.id}`))).toEqual(file);
      expect((await api.download(`/files/${file.id}/download`)).body.toString()).toBe('bytes');
      expect(await api.ids('/archive/files')).not.toContain(file.id);
    },
  );

  it('is not found the second time, nor while the file is active, nor when it is unknown', async () => {
    const { id } = await api.createArchived('twice.txt');
    expectStatus(await api.post(`/archive/files/${id}/restore`), 200);
    for (const other of [id, '999999999'])
      expectRefusal(await api.post(`/archive/files/${other}/restore`), 404, { code: 'archived_file_not_found' });
  });

  it('can be archived again, with a new deleted_at', async () => {
    const { id } = await api.createArchived('again.txt');
    await api.post(`/archive/files/${id}/restore`);
    expectStatus(await api.delete(`/files/${id}`), 204);
    expectStatus(await api.get(`/archive/files/${id}`), 200);
  });

  it('restores once when it is asked many times at once', async () => {
    const { id } = await api.createArchived('once.txt');
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.post(`/archive/files/${id}/restore`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
  });
});
