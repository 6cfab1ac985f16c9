import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { dataOf, expectStatus, type FilesApi, type Kind, linkedTo } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { expectExample, FILE, FOLDER, resource, SeedFirm } from '../../support/seed-examples.js';

jest.setTimeout(60_000);

const ARCHIVED = { ...FILE, deleted_at: '2017-03-15T20:32:16Z' };
const NEXT = { links: { next: null } };

let server: Portico;
let api: FilesApi;
let firm: SeedFirm;

beforeAll(async () => {
  server = await SharedPortico.start();
  firm = await SeedFirm.found(server);
  ({ api } = firm);
});
afterAll(() => server.dispose());

const listOf = (answer: Response): ReturnType<typeof dataOf>[] => (answer.body as { data: [] }).data;

describe('Optional parameters', () => {
  it.each<[string, () => string, number]>([
    ['createdAfter', () => 'filter[files][createdAfter]=2017-04-06T20:12:45Z', 2],
    ['createdBefore', () => 'filter[files][createdBefore]=2017-04-06T20:12:45Z', 0],
    [
      'createdAfter and createdBefore',
      () => 'filter[files][createdAfter]=2017-04-05T20:12:45Z&filter[files][createdBefore]=2017-04-06T20:12:45Z',
      0,
    ],
    ['entityId', () => `[files][entityId]=${firm.entities[1]}`, 1],
    ['groupId', () => `[files][groupId]=${firm.groups[0]}`, 1],
    ['entityId and groupId', () => `[files][entityId]=${firm.entities[0]}&filter[files][groupId]=${firm.groups[3]}`, 2],
    ['includedObjects', () => 'filter[files][includedObjects]=FOLDERS_ONLY', 4],
    ['parentFolderId', () => `filter[files][parentFolderId]=${firm.folder}`, 1],
  ])('%s', async (_says, query, count) => {
    for (const path of ['/files/', '/files']) expect(await api.ids(`${path}?${query()}`)).toHaveLength(count);
  });
});

describe('Get a file or folder', () => {
  it('GET /v1/files/123', async () => {
    const answer = await api.get(`/files/${firm.file}`);
    expectExample(answer, 200, { data: resource(FILE) });
    const { associated_groups, associated_entities } = dataOf(answer).relationships;
    expect(associated_groups.data).toEqual(linkedTo('groups', firm.groups.slice(0, 2)));
    expect(associated_entities.data).toEqual(linkedTo('entities', firm.entities.slice(0, 2)));
  });
});

describe('Get all files and/or folders', () => {
  it('GET /v1/files', async () => {
    expectExample(await api.get('/files'), 200, { data: [resource(FILE)], ...NEXT });
  });

  it('GET /v1/files?filter[files][includedObjects]=FOLDERS_ONLY', async () => {
    const answer = await api.get('/files?filter[files][includedObjects]=FOLDERS_ONLY');
    expectExample(answer, 200, { data: [resource(FOLDER)], included: [], ...NEXT });
  });
});

describe('Get files and/or folders from within a folder', () => {
  it('GET /v1/files?filter[files][includedObjects]=FILES_AND_FOLDERS&filter[files][parentFolderId]=12345', async () => {
    const query = `filter[files][includedObjects]=FILES_AND_FOLDERS&filter[files][parentFolderId]=${firm.folder}`;
    const answer = await api.get(`/files?${query}`);
    expectExample(answer, 200, { data: [resource({ ...FILE, ...FOLDER, is_folder: false })], included: [], ...NEXT });
    expect(listOf(answer)[0]?.attributes).toMatchObject({ parent_folder_id: Number(firm.folder), is_folder: false });
  });
});

describe('Download a file', () => {
  it('GET /v1/files/123/download', async () => {
    const answer = await api.download(`/files/${firm.file}/download`);
    expect(answer.headers['content-disposition']).toContain('attachment; filename="Sample.pdf"');
    expect([answer.headers['content-type'], answer.body.toString()]).toEqual(['application/binary', 'RAW_FILE_DATA']);
  });
});

describe('Get an archived file', () => {
  it('GET /v1/archive/files/319', async () => {
    const answer = await api.get(`/archive/files/${firm.archived}`);
    expectExample(answer, 200, { data: resource(ARCHIVED, '/v1/archive/files') });
  });
});

describe('Get all archived files and/or folders', () => {
  it('GET /v1/archive/files', async () => {
    expectExample(await api.get('/archive/files'), 200, { data: [resource(ARCHIVED)], ...NEXT });
  });

  it('GET /v1/archive/files?filter[files][includedObjects]=FOLDERS_ONLY', async () => {
    const answer = await api.get('/archive/files?filter[files][includedObjects]=FOLDERS_ONLY');
    expectExample(answer, 200, { data: [resource({ ...FOLDER, deleted_at: '' })], ...NEXT });
    expect(listOf(answer)).toHaveLength(2);
  });
});

describe('Get archived files and/or folders within a folder', () => {
  it('GET /v1/archive/files?filter[files][includedObjects]=FOLDERS_ONLY&filter[files][parentFolderId]=319', async () => {
    const query = `filter[files][includedObjects]=FOLDERS_ONLY&filter[files][parentFolderId]=${firm.archivedFolder}`;
    const answer = await api.get(`/archive/files?${query}`);
    expectStatus(answer, 200);
    expect(listOf(answer).map(({ attributes }) => attributes.name)).toEqual(['folder1']);
  });
});

describe('Download an archived file', () => {
  it('GET /v1/archive/files/319/download', async () => {
    const answer = await api.download(`/archive/files/${firm.archived}/download`);
    expect(answer.headers['content-disposition']).toContain('attachment; filename="archived_transactions.csv"');
    expect([answer.headers['content-type'], answer.body.toString()]).toEqual(['application/binary', 'RAW_FILE_DATA']);
  });
});

describe.each<[string, Kind]>([
  ['Get all groups associated with a file', 'groups'],
  ['Get all entities associated with a file', 'entities'],
])('%s', (_heading, kind) => {
  it(`GET /v1/files/123/relationships/associated_${kind}`, async () => {
    const path = `/files/${firm.file}/relationships/associated_${kind}`;
    const links = { self: `/v1${path}`, related: `/v1/files/${firm.file}/associated_${kind}` };
    const data = linkedTo(kind, firm[kind].slice(0, 2));
    const answer = await api.get(path);
    expectStatus(answer, 200);
    expect(answer.body).toEqual({ links, data });
  });
});
