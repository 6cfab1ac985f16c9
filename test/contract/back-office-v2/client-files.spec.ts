import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { type ChangedFile, ClientFilesApi, type ListedFile } from '../../support/client-files-api.js';
import { expectStatus, FilesApi } from '../../support/files-api.js';
import { filePart } from '../../support/multipart.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

let server: Portico;
let api: BackOfficeApi;
let files: FilesApi;
let client: ClientFilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
  files = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  client = await ClientFilesApi.of(api);
});

const captionPart = (content: string) => ({ name: 'caption', content });
const stored = (name: string) => expect.stringMatching(new RegExp(`^[a-z]/\\d{10}_${name.replace('.', '\\.')}$`));

describe('Get a list of client files', () => {
  it('shows each file with its folder and its place there', async () => {
    const folder = await client.folder('General info');
    const { id } = await client.upload('file.pdf', { caption: 'Service agreement', directoryId: folder.id });
    const expected = { id, name: 'Service agreement', file: stored('file.pdf'), directoryId: folder.id, priority: 1 };
    const answer = await client.get(`/files?filter[directoryId]=${folder.id}`).expect(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-total-count': '1' });
    expect(answer.body).toEqual([expected]);
    expect(await client.files('?filter[directoryId]=null')).toEqual([]);
    const seconds = Number((answer.body as ListedFile[])[0]?.file.slice(2, 12));
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(60);
  });

  it('filters by folders, none among them, sorts, and is sent part by part', async () => {
    const [one, other] = [await client.folder('One'), await client.folder('Other')];
    for (const [name, directoryId] of [
      ['c', null],
      ['b', one.id],
      ['a', other.id],
      ['d', null],
    ] as const)
      await client.upload(`${name}.txt`, { directoryId });
    const names = async (query: string) => (await client.files(query)).map(({ name }) => name[0]).join('');
    expect(await names('')).toBe('cbad');
    expect(await names(`?filter[directoryId]=${one.id},null`)).toBe('cbd');
    expect(await names('?sort_by=name')).toBe('abcd');
    expect(await names('?sort_by=id&sort_order=desc')).toBe('dabc');
    expect(await names('?sort_by=priority&sort_order=desc')).toBe('dcba');
    expect(await names('?sort_by=name&limit=2&offset=1')).toBe('bc');
    const beyond = await client.get('/files?limit=2&offset=9').expect(200);
    expect([beyond.body, beyond.headers['x-total-count']]).toEqual([[], '4']);
  });

  it.each([
    ['filter[name]=x', 'unknown_member'],
    ['filter[directoryId]=x', 'invalid_value'],
    ['sort_by=size', 'invalid_value'],
    ['limit=0', 'invalid_value'],
    ['limit=1001', 'invalid_value'],
    ['page=1', 'unknown_member'],
  ])('refuses ?%s', async (query, code) => expectProblem(await client.get(`/files?${query}`), 400, code));

  it('knows no folder of another client, and no other client’s files', async () => {
    const other = await ClientFilesApi.of(api, 'Jones');
    const folder = await other.folder('Theirs');
    await other.upload('theirs.txt', { directoryId: folder.id });
    const root = await client.root(files);
    for (const id of [String(folder.id), root.id, '999999'])
      expectProblem(await client.get(`/files?filter[directoryId]=${id}`), 404, 'client_folder_not_found');
    expect(await client.files()).toEqual([]);
    expectProblem(await api.get('/clients/999999/files'), 404, 'client_not_found');
    expectProblem(await api.get('/clients/x/files'), 404, 'client_not_found');
  });
});

describe('Upload a client file', () => {
  it('stores the bytes, in any order of the parts', async () => {
    const folder = await client.folder('General info');
    const directory = { name: 'directoryId', content: String(folder.id) };
    const caption = captionPart('Service agreement');
    const answer = await client.sendParts(caption, directory, filePart('file.pdf', 'the bytes'));
    expectStatus(answer, 201);
    const { id } = answer.body as ChangedFile;
    const expected = {
      name: 'Service agreement',
      clientId: client.id,
      directoryId: folder.id,
      file: stored('file.pdf'),
    };
    expect(answer.body).toEqual({ id, ...expected });
    expect(answer.headers['location']).toBe(`/api/v2/clients/${client.id}/files/${id}`);
    const read = await api.get(`/clients/${client.id}/files/${id}`).expect(200);
    expect(read.body).toEqual({ id, ...expected, priority: 1 });
  });

  it('is downloaded whole and in part, with the extension of the file', async () => {
    const { id } = await client.upload('file.pdf', { caption: 'Vertrag Größe', content: '0123456789' });
    const path = `/files/${id}/download`;
    const whole = await client.get(path).responseType('blob').expect(200);
    expect(String(whole.body)).toBe('0123456789');
    expect(whole.headers).toMatchObject({
      'content-type': 'application/binary',
      'content-disposition': `attachment; filename="Vertrag Gr__e.pdf"; filename*=UTF-8''Vertrag%20Gr%C3%B6%C3%9Fe.pdf`,
      'accept-ranges': 'bytes',
    });
    const part = await client.get(path).set('Range', 'bytes=2-4').responseType('blob').expect(206);
    expect(String(part.body)).toBe('234');
    await client.get(path).set('If-None-Match', String(whole.headers['etag'])).expect(304);
    expectProblem(await client.get(path).set('Range', 'bytes=99-'), 416, 'range_not_satisfiable');
  });

  it.each([
    ['Service agreement', 'file.pdf', 'Service agreement.pdf'],
    ['Service agreement.pdf', 'file.pdf', 'Service agreement.pdf'],
    ['Agreement v1.2', 'file.PDF', 'Agreement v1.2.PDF'],
    ['README', 'README', 'README'],
    ['契約書', 'file.pdf', '契約書.pdf'],
  ])('calls it %s for %s, and the Files API %s', async (caption, name, stored_) => {
    const file = await client.upload(name, { caption });
    expect(file.name).toBe(caption);
    expect((await files.read(String(file.id))).attributes.name).toBe(stored_);
  });

  it('puts it at the top for null and for nothing', async () => {
    for (const content of ['null', '']) {
      const parts = [filePart('a.txt', 'x'), captionPart('a'), { name: 'directoryId', content }];
      expect((await client.sendParts(...parts)).body).toMatchObject({ directoryId: null });
    }
  });

  it('names every fault, and keeps nothing', async () => {
    const file = filePart('a.txt', 'x');
    const caption = captionPart('a');
    const other = await (await ClientFilesApi.of(api, 'Jones')).folder('Theirs');
    const place = (content: string) => ({ name: 'directoryId', content });
    expectProblem(await client.sendParts(file), 400, 'invalid_value', [{ field: 'caption' }]);
    expectProblem(await client.sendParts(file, captionPart('a/b')), 400, 'invalid_name', [{ field: 'caption' }]);
    expectProblem(await client.sendParts(file, captionPart('x'.repeat(253))), 400, 'invalid_name', [
      { field: 'caption' },
    ]);
    expectProblem(await client.sendParts(caption), 400, 'file_missing', [{ field: 'file' }]);
    expectProblem(await client.sendParts(filePart('a/b.txt', 'x'), caption), 400, 'invalid_name', [{ field: 'file' }]);
    expectProblem(await client.sendParts(file, caption, place('x')), 400, 'invalid_value', [{ field: 'directoryId' }]);
    const elsewhere = await client.sendParts(file, caption, place(String(other.id)));
    expectProblem(elsewhere, 404, 'client_folder_not_found', [{ field: 'directoryId' }]);
    const inFile = await client.sendParts(file, caption, place(String((await client.upload('b.txt')).id)));
    expectProblem(inFile, 404, 'client_folder_not_found');
    expectProblem(await client.sendParts(file, caption, { name: 'metadata', content: '{}' }), 400, 'unexpected_part');
    expect(await client.namesIn(null)).toEqual(['b.txt']);
  });

  it('speaks the caller’s language', async () => {
    const german = client.as(api.with({ 'Accept-Language': 'de' }));
    const answer = await german.get('/files/999999');
    expectProblem(answer, 404, 'file_not_found');
    expect((answer.body as { detail: string }).detail).toBe('Der Kunde hat diese Datei nicht');
  });
});

describe.each(['put', 'patch'] as const)('Update a client file with %s', (method) => {
  const change = (id: number, body: object) => client.send(method, `/files/${id}`, body);

  it('renames and moves it', async () => {
    const folder = await client.folder('General info');
    const file = await client.upload('file.pdf', { caption: 'Service agreement' });
    const answer = await change(file.id, { caption: 'File', directoryId: folder.id }).expect(200);
    expect(answer.body).toEqual({ ...file, name: 'File', directoryId: folder.id });
    expect((await files.read(String(file.id))).attributes.name).toBe('File.pdf');
    expect((await change(file.id, { directoryId: null })).body).toMatchObject({ name: 'File', directoryId: null });
    expect((await change(file.id, {})).body).toMatchObject({ name: 'File', directoryId: null });
  });

  it('puts it at another place, and the others follow', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await client.upload(`${name}.txt`, { caption: name });
    const ids = (await client.files()).map(({ id }) => id);
    const place = async (at: number, priority: number) => {
      await change(ids[at] ?? 0, { priority }).expect(200);
      return (await client.namesIn(null)).join('');
    };
    expect(await place(2, 1)).toBe('cabd');
    expect(await place(0, 3)).toBe('cbad');
    expect(await place(1, 1e21)).toBe('cadb');
    await client.delete(`/files/${ids[0]}`).expect(204);
    expect((await client.namesIn(null)).join('')).toBe('cdb');
    await client.upload('e.txt', { caption: 'e' });
    expect((await client.namesIn(null)).join('')).toBe('cdbe');
    expect((await client.get(`/files/${ids[1]}`)).body).toMatchObject({ name: 'b', priority: 3 });
  });

  it('moves it to the end of another folder, or to a place there', async () => {
    const folder = await client.folder('Other');
    for (const name of ['x', 'y']) await client.upload(`${name}.txt`, { caption: name, directoryId: folder.id });
    const [a, b] = [await client.upload('a.txt', { caption: 'a' }), await client.upload('b.txt', { caption: 'b' })];
    await change(b.id, { priority: 1 }).expect(200);
    await change(b.id, { directoryId: folder.id }).expect(200);
    await change(a.id, { directoryId: folder.id, priority: 2 }).expect(200);
    expect(await client.namesIn(folder.id)).toEqual(['x', 'a', 'y', 'b']);
  });

  it('refuses what is not the client’s, and names the field', async () => {
    const other = await ClientFilesApi.of(api, 'Jones');
    const [file, theirs] = [await client.upload('a.txt'), await other.upload('b.txt')];
    const folder = await other.folder('Theirs');
    const own = await client.folder('Own');
    expectProblem(await change(file.id, { directoryId: folder.id }), 404, 'client_folder_not_found', [
      { field: 'directoryId' },
    ]);
    for (const id of [theirs.id, own.id, 999999]) expectProblem(await change(id, {}), 404, 'file_not_found');
    expectProblem(await change(file.id, { caption: '' }), 400, 'invalid_name', [{ field: 'caption' }]);
    expectProblem(await change(file.id, { priority: 0 }), 400, 'invalid_value', [{ field: 'priority' }]);
    expectProblem(await change(file.id, { name: 'x' }), 400, 'unknown_member', [{ field: 'name' }]);
  });
});

describe('Delete a client file', () => {
  it('archives it, from where the Files API restores it', async () => {
    const { id } = await client.upload('a.txt');
    const answer = await client.delete(`/files/${id}`).expect(204);
    expect(answer.text).toBe('');
    expect(await client.files()).toEqual([]);
    expectProblem(await client.get(`/files/${id}`), 404, 'file_not_found');
    expectProblem(await client.get(`/files/${id}/download`), 404, 'file_not_found');
    expectProblem(await client.delete(`/files/${id}`), 404, 'file_not_found');
    await files.restore(String(id)).expect(200);
    expect(await client.namesIn(null)).toEqual(['a.txt']);
  });

  it('refuses another client’s file', async () => {
    const { id } = await (await ClientFilesApi.of(api, 'Jones')).upload('a.txt');
    expectProblem(await client.delete(`/files/${id}`), 404, 'file_not_found');
  });
});

it('many put files at the first place at once, and each has one', async () => {
  for (let n = 0; n < 6; n++) await client.upload(`${n}.txt`);
  const all = await client.files();
  await Promise.all(all.map(({ id }) => client.send('patch', `/files/${id}`, { priority: 1 }).expect(200)));
  expect((await client.namesIn(null)).sort()).toEqual(all.map(({ name }) => name).sort());
});
