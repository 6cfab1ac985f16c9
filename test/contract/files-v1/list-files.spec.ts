import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  expectRefusal,
  expectStatus,
  type FileList,
  type FileResource,
  FilesApi,
  JSON_API,
} from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { exchange } from '../../support/raw-http.js';

const FILES = 7;

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
const files: FileResource[] = [];

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const listed = async (path: string): Promise<FileList> => {
  const answer = await api.get(path);
  expectStatus(answer, 200);
  return answer.body as FileList;
};
const ids = (from = 0, to = FILES): string[] => files.slice(from, to).map(({ id }) => id);
const idsOf = (page: FileList): string[] => page.data.map(({ id }) => id);

describe('Get all files', () => {
  it('answers an empty list with a next link of null while there is no file', async () => {
    expect(await listed('/files')).toEqual({ data: [], links: { next: null } });
  });

  it('answers the same resources as the single reads, in ascending order of their ids', async () => {
    for (let at = 0; at < FILES; at++) files.push(await api.create(`list ${at}.txt`));
    const answer = await api.get('/files');
    expect(answer.headers['content-type']).toBe(JSON_API);
    expect(answer.body).toEqual({ data: files, links: { next: null } });
    const numbers = ids().map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it.each(['/api/v1', '/v1'])('is served under %s with and without a trailing slash', async (base) => {
    const there = new FilesApi(server.url, server.headers, base);
    for (const path of ['/files', '/files/', '/files?page[limit]=2', '/files/?page[limit]=2']) {
      const answer = await there.get(path);
      expect(answer.status).toBe(200);
      const next = path.includes('?') ? `/v1/files?page[limit]=2&page[after]=${files[1]?.id}` : null;
      expect((answer.body as FileList).links.next).toBe(next);
    }
  });

  it('refuses include with 400', async () => {
    expectRefusal(await api.get('/files?include=associated_entities'), 400, { source: { parameter: 'include' } });
  });

  it.each(['filter[files][colour]=red', 'filter[files]=1', 'page[size]=3', 'page[number]=1', 'limit=1', 'x=1'])(
    'refuses the unknown parameter in ?%s with 400 and names it',
    async (query) => {
      expectRefusal(await api.get(`/files?${query}`), 400, { source: { parameter: query.split('=')[0] } });
    },
  );

  it.each([
    'page[limit]',
    'page[after]',
    'page[cursor]',
    'filter[files][createdAfter]',
    'filter[files][createdBefore]',
  ])('refuses %s when it is given twice', async (name) => {
    const value = name.startsWith('page') ? '1' : '2017-04-06';
    expectRefusal(await api.get(`/files?${name}=${value}&${name}=${value}`), 400, { source: { parameter: name } });
  });
});

describe('Get all files, page by page', () => {
  it('repeats the limit and the filters in the next link, which leads through the whole list', async () => {
    const filters = 'filter[files][createdAfter]=2017-04-06T20:12:45Z&filter[files][createdBefore]=2999-01-01';
    const pages = await api.walk(`/files?${filters}&page[limit]=3`);
    expect(pages.map(idsOf)).toEqual([ids(0, 3), ids(3, 6), ids(6, 7)]);
    const next = new URL(pages[0]?.links.next ?? '', server.url);
    expect(next.pathname).toBe('/v1/files');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      'filter[files][createdAfter]': '2017-04-06T20:12:45Z',
      'filter[files][createdBefore]': '2999-01-01',
      'page[limit]': '3',
      'page[after]': files[2]?.id,
    });
    expect(pages.at(-1)?.links.next).toBeNull();
  });

  it.each([1, 2, 6, 7, 8])('walks all files with a limit of %d, each once', async (limit) => {
    expect(await api.ids(`/files?page[limit]=${limit}`)).toEqual(ids());
  });

  it('says that there is no next page when the last page is exactly full', async () => {
    expect((await listed(`/files?page[limit]=${FILES}`)).links.next).toBeNull();
  });

  it.each(['page[after]', 'page[cursor]'])('begins after the id in %s', async (name) => {
    expect(idsOf(await listed(`/files?${name}=${files[3]?.id}`))).toEqual(ids(4));
  });

  it('answers an empty last page for a cursor past the end', async () => {
    for (const cursor of ['999999999', '9223372036854775807'])
      expect(await listed(`/files?page[after]=${cursor}`)).toEqual({ data: [], links: { next: null } });
  });

  it('goes on after a file that is not there any more', async () => {
    const gone = await api.createArchived('gone.txt');
    const last = await api.create('last.txt');
    expect(idsOf(await listed(`/files?page[after]=${gone.id}`))).toEqual([last.id]);
    await api.delete(`/files/${last.id}`);
  });

  it.each(['1', '2000', '2001', '99999', '9'.repeat(40), '9'.repeat(400)])('takes a limit of %s', async (limit) => {
    const answer = await api.get(`/files?page[limit]=${limit}`);
    expect(answer.status).toBe(200);
  });

  it.each(['0', '-1', 'abc', '1.5', '1e2', '', ' 5', '0x10', '+3', '٣'])('refuses a limit of "%s"', async (limit) => {
    const answer = await api.get(`/files?page[limit]=${encodeURIComponent(limit)}`);
    expectRefusal(answer, 400, { source: { parameter: 'page[limit]' } });
  });

  it.each([
    ['page[after]', 'abc'],
    ['page[after]', '-1'],
    ['page[after]', ''],
    ['page[after]', '9223372036854775808'],
    ['page[cursor]', 'abc'],
    ['page[cursor]', "1' or '1'='1"],
  ])('refuses %s=%s, which is no cursor, and names the parameter', async (name, cursor) => {
    const answer = await api.get(`/files?${name}=${encodeURIComponent(cursor)}`);
    expectRefusal(answer, 400, { source: { parameter: name } });
  });

  it('understands brackets literally and percent-encoded', async () => {
    const query = `page[limit]=2&page[after]=${files[0]?.id}&filter[files][createdAfter]=2017-04-06`;
    for (const path of [query, query.replaceAll('[', '%5B').replaceAll(']', '%5D'), encodeURI(query)]) {
      const answer = await exchange(server.url, { path: `/api/v1/files?${path}`, headers: server.headers });
      expect(idsOf(JSON.parse(answer.body) as FileList)).toEqual(ids(1, 3));
    }
  });
});
