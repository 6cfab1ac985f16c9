import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { ClientFilesApi, type Folder } from '../../support/client-files-api.js';
import { expectRefusal, expectStatus, FilesApi, idsIn } from '../../support/files-api.js';
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

const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

describe('Create a new client folder', () => {
  it('makes one at the top, and one in it', async () => {
    const outer = await client.folder('General info');
    const expected = { name: 'General info', clientId: client.id, directoryId: null, treeFolderId: null };
    expect(outer).toEqual({ id: outer.id, ...expected });
    const inner = await client.folder('Personal info', outer.id);
    expect(inner).toEqual({ ...expected, id: inner.id, name: 'Personal info', directoryId: outer.id });
  });

  it('shows the tree, each folder before those in it, and never the client’s own', async () => {
    const [b, a] = [await client.folder('B'), await client.folder('A')];
    const inner = await client.folder('Inner', a.id);
    const answer = await client.get('/folders').expect(200);
    expect(answer.headers['x-total-count']).toBe('3');
    expect(answer.body).toEqual([a, inner, b].map((one) => ({ ...one, createdAt: INSTANT, updatedAt: INSTANT })));
    const ids = async (query: string) => (await client.folders(query)).map(({ id }) => id);
    expect(await ids('?sort_by=id&limit=2')).toEqual([b.id, a.id]);
    expect(await ids('?sort_by=name&sort_order=desc')).toEqual([inner.id, b.id, a.id]);
    expectProblem(await client.get('/folders?filter[name]=A'), 400, 'unknown_member');
    expectProblem(await api.get('/clients/999999/folders'), 404, 'client_not_found');
  });

  it('says where it is, under both spellings', async () => {
    const answer = await client.send('post', '/folders', { caption: 'Own' }).expect(201);
    const location = `/clients/${client.id}/folders/${(answer.body as Folder).id}`;
    expect(answer.headers['location']).toBe(`/api/v2${location}`);
    const read = { ...(answer.body as Folder), createdAt: INSTANT, updatedAt: INSTANT };
    expect(await api.read(location)).toEqual(read);
    expect(await api.read(location.replace('folders', 'folder'))).toEqual(read);
    const root = await client.root(files);
    for (const id of [root.id, '999999', 'x'])
      expectProblem(await client.get(`/folders/${id}`), 404, 'client_folder_not_found');
    expectProblem(await api.get(`/clients/999999/folders/${root.id}`), 404, 'client_not_found');
  });

  it('names every fault', async () => {
    const theirs = await (await ClientFilesApi.of(api, 'Jones')).folder('Theirs');
    const file = await client.upload('a.txt');
    const root = await client.root(files);
    const create = (body: object) => client.send('post', '/folders', body);
    expectProblem(await create({}), 400, 'invalid_value', [{ field: 'caption' }]);
    expectProblem(await create({ caption: 'a/b' }), 400, 'invalid_name', [{ field: 'caption' }]);
    expectProblem(await create({ caption: 'a', name: 'b' }), 400, 'unknown_member', [{ field: 'name' }]);
    expectProblem(await create({ caption: 'a', directoryId: 'x' }), 400, 'invalid_value', [{ field: 'directoryId' }]);
    for (const directoryId of [theirs.id, file.id, 999999])
      expectProblem(await create({ caption: 'a', directoryId }), 404, 'client_folder_not_found', [
        { field: 'directoryId' },
      ]);
    expect(await client.folders()).toEqual([]);
    expect(root.attributes.name).toBe('Smith Holding');
  });

  it('ends where the tree ends', async () => {
    let directoryId: number | null = null;
    for (let level = 2; level <= 128; level++) directoryId = (await client.folder(`level ${level}`, directoryId)).id;
    const deeper = await client.send('post', '/folders', { caption: 'deeper', directoryId });
    expectProblem(deeper, 400, 'folder_too_deep', [{ field: 'directoryId' }]);
  });
});

describe.each([
  ['put', 'folders'],
  ['patch', 'folders'],
  ['put', 'folder'],
  ['patch', 'folder'],
] as const)('Update a client folder with %s of /%s', (method, spelling) => {
  const rename = (id: number, body: object) => client.send(method, `/${spelling}/${id}`, body);

  it('renames it', async () => {
    const folder = await client.folder('General info');
    const answer = await rename(folder.id, { caption: 'Personal info' }).expect(200);
    expect(answer.body).toEqual({ ...folder, name: 'Personal info' });
    expect(await client.folders()).toMatchObject([{ id: folder.id, name: 'Personal info' }]);
  });

  it('refuses what is no folder of the client', async () => {
    const theirs = await (await ClientFilesApi.of(api, 'Jones')).folder('Theirs');
    const [file, root] = [await client.upload('a.txt'), await client.root(files)];
    for (const id of [theirs.id, file.id, Number(root.id), 999999])
      expectProblem(await rename(id, { caption: 'x' }), 404, 'client_folder_not_found');
    const own = await client.folder('Own');
    expectProblem(await rename(own.id, {}), 400, 'invalid_value', [{ field: 'caption' }]);
    expectProblem(await rename(own.id, { caption: ' ' }), 400, 'invalid_name', [{ field: 'caption' }]);
    expectProblem(await rename(own.id, { caption: 'x', directoryId: null }), 400, 'unknown_member');
  });
});

describe.each(['folders', 'folder'])('Delete a client folder at /%s', (spelling) => {
  it('takes its content along, and the Files API restores all of it', async () => {
    const outer = await client.folder('Outer');
    const inner = await client.folder('Inner', outer.id);
    const file = await client.upload('a.txt', { directoryId: inner.id });
    const answer = await client.delete(`/${spelling}/${outer.id}`).expect(204);
    expect(answer.text).toBe('');
    expect([await client.folders(), await client.files()]).toEqual([[], []]);
    for (const path of [`/files/${file.id}`, `/files?filter[directoryId]=${inner.id}`])
      expect((await client.get(path)).status).toBe(404);
    expectProblem(await client.delete(`/${spelling}/${outer.id}`), 404, 'client_folder_not_found');
    await files.restore(String(outer.id)).expect(200);
    expect((await client.folders()).map(({ id }) => id)).toEqual([outer.id, inner.id]);
    expect(await client.namesIn(inner.id)).toEqual(['a.txt']);
  });

  it('refuses what is no folder of the client', async () => {
    const theirs = await (await ClientFilesApi.of(api, 'Jones')).folder('Theirs');
    const [file, root] = [await client.upload('a.txt'), await client.root(files)];
    for (const id of [theirs.id, file.id, Number(root.id)])
      expectProblem(await client.delete(`/${spelling}/${id}`), 404, 'client_folder_not_found');
  });
});

describe('The client’s folder in the firm’s tree', () => {
  it('is called like the client, at the top, and belongs to its entity', async () => {
    const named = await ClientFilesApi.of(api, 'Miller / Sons');
    const root = await named.root(files);
    expect(root.attributes).toMatchObject({ name: 'Miller - Sons', is_folder: true, parent_folder_id: 0 });
    expect(idsIn(root, 'entities')).toEqual([named.entityId]);
  });

  it('when archived by others, lists nothing and takes nothing, and says which it is', async () => {
    const folder = await client.folder('Own');
    const file = await client.upload('a.txt');
    const root = await client.root(files);
    await files.archive(root.id);
    expect([await client.folders(), await client.files()]).toEqual([[], []]);
    expectProblem(await client.get(`/files/${file.id}`), 404, 'file_not_found');
    const refused = [
      client.sendParts(filePart('b.txt', 'x'), { name: 'caption', content: 'b' }),
      client.send('post', '/folders', { caption: 'x' }),
      client.send('put', `/folders/${folder.id}`, { caption: 'x' }),
      client.delete(`/folder/${folder.id}`),
      client.send('patch', `/files/${file.id}`, { caption: 'x' }),
      client.delete(`/files/${file.id}`),
    ];
    for (const attempt of refused) {
      const answer = await attempt;
      expectProblem(answer, 409, 'client_folder_archived');
      expect((answer.body as { detail: string }).detail).toContain(`${root.id} "Smith Holding"`);
    }
    await files.restore(root.id).expect(200);
    expect(await client.namesIn(null)).toEqual(['a.txt']);
  });
});

describe('One tree', () => {
  it('shows here what the Files API puts into a client’s folder, renames, moves and archives', async () => {
    const folder = await client.folder('Taxes');
    const parent = String(folder.id);
    const v1 = await files.createIn({ parent }, 'Return.pdf', 'from the Files API');
    const listed = { id: Number(v1.id), name: 'Return.pdf', directoryId: folder.id, priority: 1 };
    expect(await client.files(`?filter[directoryId]=${folder.id}`)).toMatchObject([listed]);
    const download = await client.get(`/files/${v1.id}/download`).responseType('blob').expect(200);
    expect(String(download.body)).toBe('from the Files API');
    await client.upload('b.txt', { directoryId: folder.id });
    await client.send('patch', `/files/${v1.id}`, { priority: 2 }).expect(200);
    await files.rename(v1.id, 'Tax return.pdf').expect(200);
    expect(await client.namesIn(folder.id)).toEqual(['b.txt', 'Tax return.pdf']);
    const inner = await files.createFolder('By the Files API', { parent });
    expect(await client.folders()).toMatchObject([{ id: folder.id }, { id: Number(inner.id), directoryId: folder.id }]);
    await files.move(v1.id, 0).expect(200);
    expect(await client.namesIn(folder.id)).toEqual(['b.txt']);
    expectProblem(await client.get(`/files/${v1.id}`), 404, 'file_not_found');
    await files.archive(parent);
    expect([await client.files(), await client.folders()]).toEqual([[], []]);
  });

  it('keeps a caption that the Files API renames', async () => {
    const { id } = await client.upload('file.pdf', { caption: 'Service agreement' });
    await files.rename(String(id), 'Contract.pdf').expect(200);
    expect(await client.namesIn(null)).toEqual(['Contract']);
    expectRefusal(await files.rename(String(id), 'Contract'), 400, { code: 'extension_mismatch' });
  });

  it('lets a file uploaded here be found by its entity, and be published', async () => {
    const { id } = await client.upload('report.pdf', { caption: 'Report' });
    expect(await files.ids(`/files?filter[files][entityId]=${client.entityId}`)).toEqual([String(id)]);
    const contact = await files.sendRaw(
      'post',
      '/contacts',
      JSON.stringify({
        data: {
          type: 'contacts',
          attributes: { first_name: 'Adam', last_name: 'Smith', login_email: `adam-${id}@example.test` },
          relationships: { entity_affiliations: { data: [{ type: 'entities', id: client.entityId }] } },
        },
      }),
    );
    expectStatus(contact, 201);
    const contactId = (contact.body as { data: { id: string } }).data.id;
    expectStatus(await files.post(`/contacts/${contactId}/invite`), 204);
    const published = await files.sendData('post', '/portal/publish_files', {
      type: 'publish_portal_files_request',
      attributes: { files_id: [id], portal_publishing: 'PUBLISH', contact_notification: 'DO_NOT_NOTIFY' },
    });
    expectStatus(published, 200);
    const seen = await files.get(`/files/${id}/publications`).expect(200);
    expect(seen.body).toMatchObject({ data: [{ attributes: { contact_id: Number(contactId) } }] });
  });
});
