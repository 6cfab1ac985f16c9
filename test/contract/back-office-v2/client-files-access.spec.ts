import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { ClientFilesApi, type Folder } from '../../support/client-files-api.js';
import { FilesApi } from '../../support/files-api.js';
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

describe('A user who may not see all data', () => {
  const restricted = (permissions: readonly string[], entities: readonly string[]) =>
    BackOfficeApi.of(
      server,
      { permissions, all_data_access: false },
      { permissioned_entities: { data: entities.map((id) => ({ type: 'entities', id })) } },
    );

  it('has the clients whose entity is permitted to them, and no others', async () => {
    const other = await ClientFilesApi.of(api, 'Jones');
    const folder = await client.folder('Taxes');
    const { id } = await client.upload('a.txt', { directoryId: folder.id });
    const user = await restricted(['files_edit'], [client.entityId]);
    const mine = client.as(user);
    expect(await mine.files()).toEqual(await client.files());
    expect(await mine.folders()).toEqual(await client.folders());
    expect((await mine.upload('b.txt', { directoryId: folder.id })).name).toBe('b.txt');
    expect(((await mine.send('put', `/files/${id}`, { caption: 'c' })).body as Folder).name).toBe('c');
    await mine.delete(`/folder/${folder.id}`).expect(204);
    for (const path of ['/files', '/folders', `/files/${id}`])
      expectProblem(await other.as(user).get(path), 404, 'client_not_found');
  });

  it('changes nothing that belongs to somebody else too', async () => {
    const foreign = await ClientFilesApi.of(api, 'Jones');
    const folder = await client.folder('Shared');
    const { id } = await client.upload('a.txt', { directoryId: folder.id });
    await files.link('post', String(folder.id), 'entities', [foreign.entityId]).expect(204);
    const mine = client.as(await restricted(['files_edit'], [client.entityId]));
    expect((await mine.files()).map((file) => file.id)).toEqual([id]);
    expectProblem(await mine.send('patch', `/files/${id}`, { caption: 'x' }), 403, 'file_not_changeable');
    expectProblem(await mine.delete(`/folders/${folder.id}`), 403, 'file_not_changeable');
    const parts = [filePart('b.txt', 'x'), { name: 'caption', content: 'b' }];
    const refused = await mine.sendParts(...parts, { name: 'directoryId', content: String(folder.id) });
    expectProblem(refused, 403, 'folder_not_changeable', [{ field: 'directoryId' }]);
  });

  it('sees nothing below a folder that no longer belongs to the client', async () => {
    await client.upload('a.txt');
    const folder = await client.folder('Taxes');
    const root = await client.root(files);
    await files.link('delete', root.id, 'entities', [client.entityId]).expect(204);
    const mine = client.as(await restricted(['files_edit'], [client.entityId]));
    expect([await mine.files(), await mine.folders()]).toEqual([[], []]);
    expect((await client.files()).length).toBe(1);
    await files.link('post', String(folder.id), 'entities', [client.entityId]).expect(204);
    expect((await mine.folders()).map(({ id }) => id)).toEqual([folder.id]);
    expectProblem(await mine.send('post', '/folders', { caption: 'x' }), 403, 'folder_not_changeable');
  });

  it('needs the permission to view for reading, and to edit for changing', async () => {
    const viewer = client.as(await restricted(['files_view'], [client.entityId]));
    expect(await viewer.files()).toEqual([]);
    expectProblem(await viewer.send('post', '/folders', { caption: 'x' }), 403, 'missing_permission');
    const nobody = client.as(await restricted([], [client.entityId]));
    expectProblem(await nobody.get('/files'), 403, 'missing_permission');
  });
});
