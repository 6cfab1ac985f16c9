import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const UNKNOWN = '999999999';
let server: Portico;
let owner: FilesApi;
let stranger: FilesApi;
let colleague: FilesApi;
let active: FileResource;
let archived: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  owner = new FilesApi(server.url, server.headers);
  const operator = new Operator(server);
  const [other, restricted] = await Promise.all([
    operator.firm('Other Firm'),
    operator.apiOf({ permissions: ['api_access', 'files_edit'] }),
    owner.create('secret.txt').then((file) => (active = file)),
    owner.createArchived('old secret.txt').then((file) => (archived = file)),
  ]);
  stranger = new FilesApi(server.url, keyHeaders(other.apiKey, other.firmId));
  colleague = restricted;
});
afterAll(() => server.dispose());

const routes: [string, (api: FilesApi, id: string) => Promise<Response>][] = [
  ['Get a file', (api, id) => api.get(`/files/${id}`)],
  ['Get a file, on a condition', (api, id) => api.get(`/files/${id}?filter[files][createdAfter]=2017-01-01`)],
  ['Download a file', (api, id) => api.get(`/files/${id}/download`)],
  ['Download a part of a file', (api, id) => api.get(`/files/${id}/download`).set('Range', 'bytes=99999-')],
  ['Download a file unless it is known', (api, id) => api.get(`/files/${id}/download`).set('If-None-Match', '*')],
  ['Update a file', (api, id) => api.rename(id, 'mine.txt')],
  ['Update a file with another extension', (api, id) => api.rename(id, 'mine.pdf')],
  ['Delete a file', (api, id) => api.delete(`/files/${id}`)],
  ['Get an archived file', (api, id) => api.get(`/archive/files/${id}`)],
  ['Download an archived file', (api, id) => api.get(`/archive/files/${id}/download`)],
  ['Restore an archived file', (api, id) => api.post(`/archive/files/${id}/restore`)],
];

/** All of an answer that a caller can compare, with the ids of request and file taken out. */
const comparable = (answer: Response, id: string): object => {
  const { date: _date, 'x-request-id': requestId = '', 'content-length': _length, ...headers } = answer.headers;
  const text = answer.text.replaceAll(requestId, '<request>').replaceAll(id, '<id>');
  return { status: answer.status, headers, text };
};

describe.each([
  ['another firm', () => stranger],
  ['a user of the firm without rights to the file', () => colleague],
])('To %s', (_who, who) => {
  it.each(routes)('%s answers exactly as if the file did not exist', async (_says, call) => {
    for (const { id } of [active, archived]) {
      const [foreign, unknown] = [await call(who(), id), await call(who(), UNKNOWN)];
      expectStatus(unknown, 404);
      expect(comparable(foreign, id)).toEqual(comparable(unknown, UNKNOWN));
    }
  });

  it('the lists show nothing, from whatever cursor', async () => {
    for (const list of [
      '/files',
      '/archive/files',
      `/files?page[after]=${Number(active.id) - 1}`,
      '/files?page[after]=0',
    ])
      expect((await who().get(list)).body).toEqual({ data: [], links: { next: null } });
  });

  it('their own files are theirs alone, among the ids of the others', async () => {
    const own = await who().create('own.txt');
    expect(await who().ids()).toEqual([own.id]);
    expectStatus(await who().delete(`/files/${own.id}`), 204);
    expect(await who().ids('/archive/files')).toEqual([own.id]);
  });
});

describe('After all that was tried', () => {
  it('the files are unchanged for who may see them', async () => {
    expect((await owner.get(`/files/${active.id}`)).body).toEqual({ data: active });
    expectStatus(await owner.get(`/archive/files/${archived.id}`), 200);
    expectStatus(await owner.get(`/files/${archived.id}`), 404);
  });

  it('the first firm does not see the files of the second', async () => {
    const foreign = await stranger.create('foreign.txt');
    expectStatus(await owner.get(`/files/${foreign.id}`), 404);
    expect(await owner.ids()).not.toContain(foreign.id);
  });
});
