import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { ClientFilesApi, type Folder } from '../../support/client-files-api.js';
import { FilesApi } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface TreeFolder {
  readonly id: number;
  readonly name: string;
  readonly directoryId: number | null;
}

let server: Portico;
let api: BackOfficeApi;
let files: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
  files = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  for (const { id, directoryId } of await tree()) if (directoryId === null) await drop(id);
});

const tree = () => api.read<TreeFolder[]>('/folders');
const add = (name: string, below?: number) =>
  api.create<TreeFolder>(below === undefined ? '/folders' : `/folders/${below}/addSubdirectory`, { name });
const drop = (id: number) => api.expecting(204, api.call('delete', `/folders/${id}`));
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** The client's folders as `name (the folder of the default tree)`. */
const shown = async (client: ClientFilesApi) =>
  (await client.folders()).map(({ name, treeFolderId }) => `${name} (${treeFolderId})`);
const copyOf = async (client: ClientFilesApi, id: number) => {
  const copy = (await client.folders()).find(({ treeFolderId }) => treeFolderId === id);
  if (!copy) throw new Error(`no copy of ${id}`);
  return copy;
};

describe('The default tree', () => {
  it('is made, listed and read', async () => {
    const [taxes, legal] = [await add('Taxes'), await add('Legal')];
    const inner = await add('2026', taxes.id);
    const times = { createdAt: INSTANT, updatedAt: INSTANT };
    expect(taxes).toEqual({ id: taxes.id, name: 'Taxes', directoryId: null, ...times });
    expect(inner).toEqual({ id: inner.id, name: '2026', directoryId: taxes.id, ...times });
    const answer = await api.get('/folders').expect(200);
    expect(answer.headers['x-total-count']).toBe('3');
    expect(answer.body).toEqual([legal, taxes, inner]);
    expect(await api.read('/folders?sort_by=id&limit=1&offset=1')).toEqual([legal]);
    expect(await api.read(`/folders/${inner.id}`)).toEqual(inner);
    const other = await api.send('post', `/folders/${inner.id}/addSubdirectory`, { name: 'January' }).expect(201);
    expect(other.headers['location']).toBe(`/api/v2/folders/${(other.body as TreeFolder).id}`);
  });

  it('names every fault', async () => {
    const { id } = await add('Taxes');
    const send = (method: 'post' | 'put' | 'patch', path: string, body: object) => api.send(method, path, body);
    for (const [method, path] of [
      ['post', ''],
      ['post', `/${id}/addSubdirectory`],
      ['put', `/${id}`],
      ['patch', `/${id}`],
    ] as const) {
      expectProblem(await send(method, `/folders${path}`, {}), 400, 'invalid_value', [{ field: 'name' }]);
      expectProblem(await send(method, `/folders${path}`, { name: 'a/b' }), 400, 'invalid_name', [{ field: 'name' }]);
    }
    const missing = [
      api.get('/folders/999999'),
      api.call('delete', '/folders/999999'),
      send('put', '/folders/999999', { name: 'x' }),
      send('post', '/folders/999999/addSubdirectory', { name: 'x' }),
    ];
    for (const attempt of missing) expectProblem(await attempt, 404, 'tree_folder_not_found');
    expectProblem(await api.get('/folders?filter[name]=x'), 400, 'unknown_member');
  });

  it('is read with the permission to view, and changed with all data only', async () => {
    const { id } = await add('Taxes');
    const user = await BackOfficeApi.of(server, { permissions: ['files_edit'], all_data_access: false });
    expect(await user.read('/folders')).toHaveLength(1);
    expectProblem(await user.send('post', '/folders', { name: 'x' }), 403, 'all_data_needed');
    expectProblem(await user.send('put', `/folders/${id}`, { name: 'x' }), 403, 'all_data_needed');
    expectProblem(await user.call('delete', `/folders/${id}`), 403, 'all_data_needed');
    const viewer = await BackOfficeApi.of(server, { permissions: ['files_view'] });
    expectProblem(await viewer.send('post', '/folders', { name: 'x' }), 403, 'missing_permission');
  });
});

describe('A new client', () => {
  it('gets a copy of it, each folder with its treeFolderId', async () => {
    const taxes = await add('Taxes');
    const inner = await add('2026', taxes.id);
    const client = await ClientFilesApi.of(api);
    const [outerCopy, innerCopy, ...others] = await client.folders();
    expect(others).toEqual([]);
    expect(outerCopy).toMatchObject({ name: 'Taxes', clientId: client.id, directoryId: null, treeFolderId: taxes.id });
    expect(innerCopy).toMatchObject({ name: '2026', directoryId: outerCopy?.id, treeFolderId: inner.id });
    const v1 = await files.read(String(innerCopy?.id));
    expect(v1.attributes).toMatchObject({ name: '2026', is_folder: true, parent_folder_id: outerCopy?.id });
  });
});

describe('A change of the default tree', () => {
  it('adds a folder with every client that has not removed its parent', async () => {
    const [keeps, renames, removes] = [
      await ClientFilesApi.of(api),
      await ClientFilesApi.of(api),
      await ClientFilesApi.of(api),
    ];
    const taxes = await add('Taxes');
    await renames.send('put', `/folders/${(await copyOf(renames, taxes.id)).id}`, { caption: 'Levies' }).expect(200);
    const removed = await copyOf(removes, taxes.id);
    await removes.delete(`/folders/${removed.id}`).expect(204);
    const inner = await add('2026', taxes.id);
    expect(await shown(keeps)).toEqual([`Taxes (${taxes.id})`, `2026 (${inner.id})`]);
    expect(await shown(renames)).toEqual([`Levies (${taxes.id})`, `2026 (${inner.id})`]);
    expect(await shown(removes)).toEqual([]);
    await files.restore(String(removed.id)).expect(200);
    expect(await shown(removes)).toEqual([`Taxes (${taxes.id})`]);
  });

  it.each(['put', 'patch'] as const)(
    'renames a folder with %s, where no client has renamed or removed it',
    async (method) => {
      const taxes = await add('Taxes');
      const [keeps, renames, byV1, removes] = [
        await ClientFilesApi.of(api),
        await ClientFilesApi.of(api),
        await ClientFilesApi.of(api),
        await ClientFilesApi.of(api),
      ];
      const copy = async (client: ClientFilesApi) => (await copyOf(client, taxes.id)).id;
      await renames.send('patch', `/folder/${await copy(renames)}`, { caption: 'Levies' }).expect(200);
      await files.rename(String(await copy(byV1)), 'Through v1').expect(200);
      const removed = await copy(removes);
      await removes.delete(`/folder/${removed}`).expect(204);
      const renamed = await api.expecting(200, api.send(method, `/folders/${taxes.id}`, { name: 'Duties' }));
      expect(renamed).toMatchObject({ id: taxes.id, name: 'Duties', directoryId: null });
      expect(await shown(keeps)).toEqual([`Duties (${taxes.id})`]);
      expect(await shown(renames)).toEqual([`Levies (${taxes.id})`]);
      expect(await shown(byV1)).toEqual([`Through v1 (${taxes.id})`]);
      expect(await shown(removes)).toEqual([]);
      await files.restore(String(removed)).expect(200);
      expect(await shown(removes)).toEqual([`Taxes (${taxes.id})`]);
      expect(await shown(await ClientFilesApi.of(api))).toEqual([`Duties (${taxes.id})`]);
    },
  );

  it('that deletes a folder leaves the clients theirs, as their own', async () => {
    const taxes = await add('Taxes');
    await add('2026', taxes.id);
    const client = await ClientFilesApi.of(api);
    await client.upload('a.txt', { directoryId: (await copyOf(client, taxes.id)).id });
    await drop(taxes.id);
    expect(await tree()).toEqual([]);
    expect(await shown(client)).toEqual(['Taxes (null)', '2026 (null)']);
    expect((await client.files()).length).toBe(1);
    expect(await shown(await ClientFilesApi.of(api))).toEqual([]);
  });

  it('is nothing to a client’s own folders, and theirs is nothing to it', async () => {
    const client = await ClientFilesApi.of(api);
    const own = await client.folder('Taxes');
    const taxes = await add('Taxes');
    await api.expecting(200, api.send('put', `/folders/${taxes.id}`, { name: 'Duties' }));
    expect((await client.folders()).map(({ id, name }: Folder) => [id === own.id, name])).toEqual([
      [false, 'Duties'],
      [true, 'Taxes'],
    ]);
    await client.delete(`/folders/${(await copyOf(client, taxes.id)).id}`).expect(204);
    expect(await tree()).toMatchObject([{ id: taxes.id, name: 'Duties' }]);
  });
});
