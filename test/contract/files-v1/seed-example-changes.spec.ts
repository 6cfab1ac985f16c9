import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { dataOf, expectRefusal, expectStatus, type FilesApi, linkedTo } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { expectExample, FILE, resource, SeedFirm } from '../../support/seed-examples.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
let firm: SeedFirm;
/** The file that is 1111 in the seed. */
let made = '';

beforeAll(async () => {
  server = await SharedPortico.start();
  firm = await SeedFirm.found(server);
  ({ api } = firm);
});
afterAll(() => server.dispose());

/** An upload as the seed writes it (with "filename", where the seed has the slip "file name"). */
const upload = (path: string, metadata: string): PromiseLike<Response> => {
  const body = `--<UNIQUE_BOUNDARY>
Content-Disposition: form-data; name="file"; filename="Sample.txt"
Content-Type: text/plain

<RAW_FILE_DATA>

--<UNIQUE_BOUNDARY>
Content-Disposition: form-data; name="metadata"

${metadata}
--<UNIQUE_BOUNDARY>--
`.replaceAll('\n', '\r\n');
  const type = 'multipart/form-data; boundary="<UNIQUE_BOUNDARY>"';
  return api.post(path).set('Content-Type', type).send(Buffer.from(body));
};
const attributes = (lines: string): string => `{
  "data":{
    "type":"files",
    "attributes":{
      ${lines}
    }
  }
}`;
const change = (lines: string): PromiseLike<Response> =>
  api.sendRaw(
    'patch',
    `/files/${made}`,
    `{
  "data":{
    "id":${made},
    "type":"files",
    "attributes":{
      ${lines}
    }
  }
}`,
  );
/** The body of a relationship route with resources of this type. */
const linkage = (type: string, ...ids: readonly (string | undefined)[]): string => `{
  "data":[
${ids.map((id) => `    {\n      "type":"${type}",\n      "id":"${id}"\n    }`).join(',\n')}
  ]
}`;
const sendTo = (method: 'post' | 'patch' | 'delete', kind: string, body: string): PromiseLike<Response> =>
  api.sendRaw(method, `/files/${firm.file}/relationships/associated_${kind}`, body);
const expectDone = (answer: Response): void => {
  expectStatus(answer, 204);
  expect(answer.text).toBe('');
};

describe('Create a file', () => {
  it.each(['/files', '/files/'])('POST /v1%s', async (path) => {
    const answer = await upload(path, attributes('"name":"Sample.txt"'));
    expectExample(answer, 201, { data: resource(FILE) });
    expect(dataOf(answer).attributes).toMatchObject({ name: 'Sample.txt', content_type: 'text/plain' });
    made = dataOf(answer).id;
  });
});

describe('Create a file in a folder', () => {
  it.each<[string, () => string]>([
    ['parent folder ID', () => `"parent_folder_id": ${firm.folder}`],
    ['file path string', () => '"file_path": "Sample/Folder/Path/"'],
  ])('POST /v1/files/ using %s', async (_says, place) => {
    const answer = await upload('/files', attributes(`"name":"Sample.txt",\n\t${place()}`));
    expectExample(answer, 201, { data: resource({ ...FILE, is_folder: false, parent_folder_id: 12345 }) });
    const { attributes: stored, relationships } = dataOf(answer);
    expect(stored).toMatchObject({ is_folder: false, parent_folder_id: Number(firm.folder) });
    // "You don't need to provide the portfolio relationship because it's inherited from the parent folder."
    expect(relationships.associated_entities.data).toEqual(linkedTo('entities', firm.entities.slice(0, 1)));
  });

  it('"When uploading a file to a top-level folder …, set parent_folder_id = 0 and include the portfolio relationship"', async () => {
    const entity = `{"type":"entities","id":"${firm.entities[2]}"}`;
    const metadata = `{"data":{"type":"files","attributes":{"name":"Sample.txt","parent_folder_id":0},
      "relationships":{"associated_entities":{"data":[${entity}]}}}}`;
    const answer = await upload('/files', metadata);
    expectExample(answer, 201, { data: resource({ ...FILE, is_folder: false, parent_folder_id: 0 }) });
    expect(dataOf(answer).relationships.associated_entities.data).toEqual([JSON.parse(entity)]);
  });
});

describe.each([
  ['Associate groups with a file', 'groups'],
  ['Associate entities with a file', 'entities'],
] as const)('%s', (_heading, kind) => {
  it(`POST /v1/files/:id/relationships/associated_${kind}`, async () => {
    expectDone(await sendTo('post', kind, linkage(kind, firm[kind][2], firm[kind][3])));
    expect(await api.linked(firm.file, kind)).toEqual(firm[kind]);
  });
});

describe('Update a file', () => {
  it('PATCH /v1/files/1111', async () => {
    const answer = await change('"name":"RenamedFile.txt"');
    expectExample(answer, 200, { data: resource(FILE) });
    expect(dataOf(answer).attributes.name).toBe('RenamedFile.txt');
  });
});

describe.each([
  ['Replace groups associated with a file', 'groups'],
  ['Replace entities associated with a file', 'entities'],
] as const)('%s', (_heading, kind) => {
  it(`PATCH /v1/files/:id/relationships/associated_${kind}`, async () => {
    expectDone(await sendTo('patch', kind, linkage(kind, firm[kind][1], firm[kind][2])));
    expect(await api.linked(firm.file, kind)).toEqual(firm[kind].slice(1, 3));
  });
});

describe('Move a file or folder to another folder', () => {
  it('PATCH /v1/files/1111', async () => {
    const answer = await change(`"parent_folder_id":${firm.otherFolder}`);
    expectExample(answer, 200, { data: resource({ ...FILE, is_folder: false, parent_folder_id: 54321 }) });
    expect(dataOf(answer).attributes.parent_folder_id).toBe(Number(firm.otherFolder));
  });
});

describe('Delete a file or folder', () => {
  it('DELETE /v1/files/1111', async () => {
    expectDone(await api.delete(`/files/${made}`));
    expectStatus(await api.get(`/archive/files/${made}`), 200);
  });
});

describe('Remove groups associated with a file', () => {
  it('DELETE /v1/files/:id/relationships/associated_groups, with the type of the route', async () => {
    expectDone(await sendTo('delete', 'groups', linkage('groups', firm.groups[1])));
    expect(await api.linked(firm.file, 'groups')).toEqual(firm.groups.slice(2, 3));
  });

  // The example sends an entity: contract, section 4, "`type` … that does not match the URL: 409".
  it('refuses the type of the example, which is that of the other relationship, with 409', async () => {
    const answer = await sendTo('delete', 'groups', linkage('entities', firm.entities[1]));
    expectRefusal(answer, 409, { source: { pointer: '/data/0/type' } });
    expect(await api.linked(firm.file, 'entities')).toEqual(firm.entities.slice(1, 3));
  });
});

describe('Remove entities associated with a file', () => {
  it('DELETE /v1/files/:id/relationships/associated_entities', async () => {
    expectDone(await sendTo('delete', 'entities', linkage('entities', firm.entities[1])));
    expect(await api.linked(firm.file, 'entities')).toEqual(firm.entities.slice(2, 3));
  });
});
