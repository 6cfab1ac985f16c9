import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { DirectoryApi } from '../../support/directory-api.js';
import { expectStatus, type FileResource, FilesApi } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

const UNKNOWN = '999999999';
const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';

let server: Portico;
let owner: FilesApi;
let stranger: FilesApi;
/** Of the other firm. */
const foreign = { folder: '', file: '', archivedFolder: '', entity: '', group: '' };
const own = { folder: '', file: '', archived: '' };

beforeAll(async () => {
  server = await SharedPortico.start();
  owner = new FilesApi(server.url, server.headers);
  const other = await new Operator(server).firm('Other Firm');
  stranger = new FilesApi(server.url, keyHeaders(other.apiKey, other.firmId));
  const directory = new DirectoryApi(stranger.url, stranger.headers);
  foreign.entity = (await directory.entity()).id;
  foreign.group = (await directory.group('Foreign')).id;
  foreign.folder = (await stranger.createFolder('Foreign', { entities: [foreign.entity] })).id;
  foreign.file = (await stranger.createIn({ parent: foreign.folder, groups: [foreign.group] }, 'secret.txt')).id;
  foreign.archivedFolder = (await stranger.createFolder('Archived')).id;
  await stranger.archive(foreign.archivedFolder);
  own.folder = (await owner.createFolder('Own')).id;
  own.file = (await owner.createIn({ parent: own.folder }, 'own.txt')).id;
  own.archived = (await owner.createArchived('archived.txt')).id;
});
afterAll(() => server.dispose());

const everything = async (api: FilesApi): Promise<FileResource[]> =>
  [...(await api.walk(`/files?${BOTH}`)), ...(await api.walk(`/archive/files?${BOTH}`))].flatMap(({ data }) => data);

/** All of an answer that a caller can compare, with the id of the request and `id` taken out. */
const comparable = (answer: Response, id: string): object => {
  const { date: _date, 'x-request-id': requestId = '', 'content-length': _length, ...headers } = answer.headers;
  const text = answer.text.replaceAll(requestId, '<request>').replaceAll(id, '<id>');
  return { status: answer.status, headers, text };
};

describe('Nothing of another firm is in reach', () => {
  const folder = (): string => foreign.folder;
  const archivedFolder = (): string => foreign.archivedFolder;
  const entity = (): string => foreign.entity;
  const group = (): string => foreign.group;
  const cases: [string, number, () => string, (id: string) => PromiseLike<Response>][] = [
    ['Create a file in a folder', 400, folder, (parent) => owner.upload('x.txt', { parent })],
    ['Create a file in an archived folder', 400, archivedFolder, (parent) => owner.upload('x.txt', { parent })],
    ['Create a folder', 400, folder, (parent) => owner.postFolder('x', { parent })],
    ['Move a file or folder to another folder', 400, folder, (parent) => owner.move(own.file, parent)],
    ['Move a folder to another folder', 400, folder, (parent) => owner.move(own.folder, parent)],
    ['Restore an archived file', 400, folder, (parent) => owner.restore(own.archived, parent)],
    ['Create a file, with entities', 400, entity, (id) => owner.upload('x.txt', { entities: [id] })],
    ['Create a file, with groups', 400, group, (id) => owner.upload('x.txt', { groups: [id] })],
    ['Create a folder, with entities', 400, entity, (id) => owner.postFolder('x', { entities: [id] })],
    ['Update a file', 400, group, (id) => owner.relate(own.file, { groups: [id] })],
    ['Associate entities with a file', 400, entity, (id) => owner.link('post', own.file, 'entities', [id])],
    ['Associate groups with a file', 400, group, (id) => owner.link('post', own.file, 'groups', [id])],
    ['Replace entities associated with a file', 400, entity, (id) => owner.link('patch', own.file, 'entities', [id])],
    ['Replace groups associated with a file', 400, group, (id) => owner.link('patch', own.file, 'groups', [id])],
    ['Remove entities associated with a file', 400, entity, (id) => owner.link('delete', own.file, 'entities', [id])],
    ['Remove groups associated with a file', 400, group, (id) => owner.link('delete', own.file, 'groups', [id])],
    ['List a folder', 404, folder, (id) => owner.get(`/files?filter[files][parentFolderId]=${id}`)],
    [
      'List a folder of the archive',
      404,
      archivedFolder,
      (id) => owner.get(`/archive/files?filter[files][parentFolderId]=${id}`),
    ],
    ['List files of an entity', 200, entity, (id) => owner.get(`/files?filter[files][entityId]=${id}`)],
    ['List files of a group', 200, group, (id) => owner.get(`/files?[files][groupId]=${id}`)],
    [
      'Get all groups associated with a file',
      404,
      () => foreign.file,
      (id) => owner.get(`/files/${id}/relationships/associated_groups`),
    ],
    ['Get the entities of a file', 404, () => foreign.file, (id) => owner.get(`/files/${id}/associated_entities`)],
    ['Associate no entities with a file', 404, () => foreign.file, (id) => owner.link('post', id, 'entities', [])],
    ['Move a foreign file', 404, () => foreign.file, (id) => owner.move(id, own.folder)],
    ['Delete a foreign folder', 404, folder, (id) => owner.delete(`/files/${id}`)],
    ['Restore a foreign folder', 404, archivedFolder, (id) => owner.restore(id, 0)],
  ];

  it.each(cases)('%s answers %d, exactly as to an unknown id', async (_says, status, idOf, call) => {
    const before = [await everything(owner), await everything(stranger)];
    const [known, unknown] = [await call(idOf()), await call(UNKNOWN)];
    expectStatus(unknown, status);
    expect(comparable(known, idOf())).toEqual(comparable(unknown, UNKNOWN));
    expect([await everything(owner), await everything(stranger)]).toEqual(before);
  });

  it('file_path does not lead into the folders of another firm, nor is it confused by them', async () => {
    expectStatus(await owner.upload('x.txt', { path: 'Foreign/' }), 400);
    const mine = await owner.createFolder('Foreign');
    const file = await owner.createIn({ path: 'Foreign/' }, 'x.txt');
    expect(file.attributes.parent_folder_id).toBe(Number(mine.id));
  });
});
