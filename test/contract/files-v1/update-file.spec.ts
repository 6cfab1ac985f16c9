import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, expectStatus, type FileResource, FilesApi, JSON_API } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
let file: FileResource;
let path: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  file = await api.create('Sample.txt');
  path = `/files/${file.id}`;
});

const stored = async (): Promise<FileResource> => dataOf(await api.get(path));
const body = (data: unknown): string => JSON.stringify({ data });

describe('Update a file', () => {
  it('answers the example of the seed, with the id as a number', async () => {
    const request = { data: { id: Number(file.id), type: 'files', attributes: { name: 'RenamedFile.txt' } } };
    const answer = await api.patchRaw(path, JSON.stringify(request));
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe(JSON_API);
    const { modified_at, ...kept } = file.attributes;
    expect(dataOf(answer)).toEqual({
      ...file,
      attributes: { ...kept, name: 'RenamedFile.txt', modified_at: expect.any(String) },
    });
    expect(dataOf(answer).attributes.modified_at >= modified_at).toBe(true);
    expect(await stored()).toEqual(dataOf(answer));
  });

  it.each(['/api/v1', '/v1'])(
    'is served under %s with and without a trailing slash, for ids as strings',
    async (base) => {
      const there = new FilesApi(server.url, server.headers, base);
      for (const slash of ['', '/']) {
        const name = `by ${base.length}${slash.length}.txt`;
        const answer = await there.patchRaw(path + slash, body({ id: file.id, type: 'files', attributes: { name } }));
        expectStatus(answer, 200);
        expect((await stored()).attributes.name).toBe(name);
      }
    },
  );

  it.each([
    JSON_API,
    'application/json',
    'application/json; charset=utf-8',
    `${JSON_API}; ext="x"`,
    'Application/JSON',
  ])('reads a body in %s', async (type) => {
    const answer = await api.patchRaw(
      path,
      body({ id: file.id, type: 'files', attributes: { name: 'été.txt' } }),
      type,
    );
    expectStatus(answer, 200);
    expect(dataOf(answer).attributes.name).toBe('été.txt');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'refuses a body in %s with 415',
    async (type) => {
      const answer = await api.patchRaw(
        path,
        body({ id: file.id, type: 'files', attributes: { name: 'x.txt' } }),
        type,
      );
      expectRefusal(answer, 415, { source: { header: 'Content-Type' } });
      expect(await stored()).toEqual(file);
    },
  );

  it.each(['renamed.TXT', 'SAMPLE.Txt', 'dots.in.the.name.txt'])('lets the file be called %s', async (name) => {
    expect(dataOf(await api.rename(file.id, name)).attributes).toMatchObject({ name, content_type: 'text/plain' });
  });

  it('shows the new name in the list and in the download', async () => {
    await api.rename(file.id, 'Elsewhere.txt');
    const { headers } = await api.download(`${path}/download`);
    expect(headers['content-disposition']).toContain('filename="Elsewhere.txt"');
    const listed = (await api.walk('/files')).flatMap(({ data }) => data).find(({ id }) => id === file.id);
    expect(listed?.attributes.name).toBe('Elsewhere.txt');
  });

  it('moves modified_at and nothing else but the name', async () => {
    await until('another second', async () => {
      await api.rename(file.id, `${Date.now()}.txt`);
      return (await stored()).attributes.modified_at > file.attributes.modified_at;
    });
    const { attributes } = await stored();
    const { name, modified_at } = attributes;
    expect(attributes).toEqual({ ...file.attributes, name, modified_at });
  });

  it('changes nothing without attributes, with none, and with the same name', async () => {
    for (const attributes of [undefined, {}, { name: 'Sample.txt' }]) {
      const answer = await api.patchRaw(path, body({ id: file.id, type: 'files', attributes }));
      expectStatus(answer, 200);
      expect(dataOf(answer)).toEqual(file);
    }
  });

  it.each(['renamed.pdf', 'renamed', 'renamed.txt.pdf', '.txt'])(
    'refuses the name %s, because the extension stays',
    async (name) => {
      const fault = { code: 'extension_mismatch', source: { pointer: '/data/attributes/name' } };
      expectRefusal(await api.rename(file.id, name), 400, fault);
      expect(await stored()).toEqual(file);
    },
  );

  it.each([
    ['content_type', 'application/pdf'],
    ['bytes', 5],
    ['created_at', '2014-12-01T13:22:40Z'],
    ['modified_at', '2014-12-01T13:22:40Z'],
    ['deleted_at', '2014-12-01T13:22:40Z'],
    ['is_folder', true],
    ['sha256', 'ab'],
    ['colour', 'red'],
    ['firm_id', '2'],
    ['constructor', 'x'],
  ])('refuses the attribute %s, which is not editable, and names it', async (name, value) => {
    const answer = await api.change(file.id, { name: 'renamed.txt', [name]: value });
    expectRefusal(answer, 400, { source: { pointer: `/data/attributes/${name}` } });
    expect(await stored()).toEqual(file);
  });

  it('names every attribute that is wrong', async () => {
    const answer = await api.change(file.id, { name: 5, bytes: 5 });
    expectRefusal(answer, 400);
    const { errors } = answer.body as { errors: { source: { pointer: string } }[] };
    expect(errors.map(({ source }) => source.pointer).sort()).toEqual([
      '/data/attributes/bytes',
      '/data/attributes/name',
    ]);
  });

  it.each<[string, unknown]>([
    ['number', 5],
    ['null', null],
    ['list', ['a.txt']],
    ['object', { text: 'a.txt' }],
    ['boolean', true],
  ])('refuses a name that is a %s', async (_says, name) => {
    expectRefusal(await api.change(file.id, { name }), 400, { source: { pointer: '/data/attributes/name' } });
    expect(await stored()).toEqual(file);
  });

  it('answers 409 when the type is another one', async () => {
    const answer = await api.patchRaw(path, body({ id: file.id, type: 'groups', attributes: { name: 'x.txt' } }));
    expectRefusal(answer, 409, { source: { pointer: '/data/type' } });
    expect(await stored()).toEqual(file);
  });

  it('answers 409 when the id is another one, as a string and as a number', async () => {
    const other = await api.create('other.txt');
    for (const id of [other.id, Number(other.id), '999999999']) {
      const answer = await api.patchRaw(path, body({ id, type: 'files', attributes: { name: 'x.txt' } }));
      expectRefusal(answer, 409, { source: { pointer: '/data/id' } });
    }
    expect(await stored()).toEqual(file);
  });

  it.each<[string, string, object]>([
    ['an empty body', '', {}],
    ['white space', '  \n', {}],
    ['malformed JSON', '{"data":', { code: 'invalid_json' }],
    ['JSON with more behind it', '{"data":{}}}', { code: 'invalid_json' }],
    ['text', '"data"', {}],
    ['null', 'null', {}],
    ['a list', '[]', {}],
    ['no data', '{}', { source: { pointer: '/data' } }],
    ['data that is null', '{"data":null}', { source: { pointer: '/data' } }],
    ['data that is a list', '{"data":[]}', { source: { pointer: '/data' } }],
    ['no type', '{"data":{"id":"1"}}', { source: { pointer: '/data/type' } }],
    ['a type that is a number', '{"data":{"id":"1","type":1}}', { source: { pointer: '/data/type' } }],
    ['no id', '{"data":{"type":"files"}}', { source: { pointer: '/data/id' } }],
    ['an id that is no id', '{"data":{"id":"abc","type":"files"}}', { source: { pointer: '/data/id' } }],
    ['an id that is a list', '{"data":{"id":["1"],"type":"files"}}', { source: { pointer: '/data/id' } }],
    ['attributes that are a list', '{"data":{"id":"1","type":"files","attributes":[]}}', {}],
    ['attributes that are null', '{"data":{"id":"1","type":"files","attributes":null}}', {}],
    ['a member beside data', '{"data":{"id":"1","type":"files"},"meta":{}}', { source: { pointer: '/meta' } }],
    ['a member beside attributes', '{"data":{"id":"1","type":"files","x":1}}', { source: { pointer: '/data/x' } }],
  ])('refuses %s with 400', async (_says, text, fault) => {
    const sent = text.replace('"id":"1"', `"id":"${file.id}"`);
    expectRefusal(await api.patchRaw(path, sent), 400, fault);
    expect(await stored()).toEqual(file);
  });

  it('refuses a body of more than a megabyte with 413', async () => {
    expectRefusal(await api.rename(file.id, `${'a'.repeat(1_100_000)}.txt`), 413, { code: 'body_too_large' });
  });

  it('does not find an unknown or archived file', async () => {
    expectRefusal(await api.rename('999999999', 'x.txt'), 404, { code: 'file_not_found' });
    await api.delete(path);
    expectRefusal(await api.rename(file.id, 'x.txt'), 404, { code: 'file_not_found' });
  });

  it('lets the last of many renames at once win, and loses none half-way', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `at once ${at}.txt`);
    const answers = await Promise.all(names.map((name) => api.rename(file.id, name)));
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    expect(names).toContain((await stored()).attributes.name);
  });
});
