import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryApi, restrictedApi } from '../../support/directory-api.js';
import { expectRefusal, expectStatus, FilesApi } from '../../support/files-api.js';
import { PeopleApi } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(60_000);

let server: Portico;
let api: DirectoryApi;
let files: FilesApi;
let people: PeopleApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new DirectoryApi(server.url, server.headers);
  files = new FilesApi(server.url, server.headers);
  people = PeopleApi.of(server);
});
afterAll(() => server.dispose());

const one = { entities: () => api.entity(), groups: () => api.group() } as const;

/** `POST`, `DELETE` of one association of a file. */
const associate = (method: 'post' | 'delete', file: string, type: 'entities' | 'groups', id: string) =>
  api.send(method, `/files/${file}/relationships/associated_${type}`, [{ type, id }]);

describe.each([
  ['entities', 'entity_in_use'],
  ['groups', 'group_in_use'],
] as const)('Of %s', (type, code) => {
  it('one with which files are associated, archived ones too, is not deleted, and it is said how many', async () => {
    const { id } = await one[type]();
    const [active, archived] = [await files.create('active.txt'), await files.create('archived.txt')];
    for (const file of [active, archived]) expectStatus(await associate('post', file.id, type, id), 204);
    expectStatus(await files.delete(`/files/${archived.id}`), 204);
    const detail = (says: string) => ({ code, detail: expect.stringContaining(says) });
    expectRefusal(await api.delete(`/${type}/${id}`), 409, detail('2 files and folders'));
    expectStatus(await associate('delete', active.id, type, id), 204);
    expectRefusal(await api.delete(`/${type}/${id}`), 409, detail('1 file or folder'));
    expectStatus(await api.get(`/${type}/${id}`), 200);
  });

  it('one with which no file is associated any more is deleted', async () => {
    const { id } = await one[type]();
    const file = await files.create('free.txt');
    expectStatus(await associate('post', file.id, type, id), 204);
    expectRefusal(await api.delete(`/${type}/${id}`), 409, { code });
    expectStatus(await associate('delete', file.id, type, id), 204);
    expectStatus(await api.delete(`/${type}/${id}`), 204);
  });

  it('one with contacts takes itself from them, and the history tells from whom', async () => {
    const { id } = await one[type]();
    const affiliated = type === 'entities' ? ([[id], []] as const) : ([[], [id]] as const);
    const default_affiliation = type === 'entities' ? { entity_id: id } : { group_id: id };
    const contact = await people.contact({ default_affiliation }, ...affiliated);
    const user = await people.user({}, { [`permissioned_${type}`]: { data: [{ type, id }] } });
    await sqlOn(server, `update contacts set modified_at = '2026-01-01T00:00:00Z' where id = $1`, [contact.id]);
    expectStatus(await api.delete(`/${type}/${id}`), 204);
    const { attributes } = await people.read(`/contacts/${contact.id}`);
    expect(attributes['default_affiliation']).toBeNull();
    expect(attributes['modified_at']).not.toBe('2026-01-01T00:00:00Z');
    expect(await people.affiliations(contact.id, type)).toEqual([]);
    const [row] = await sqlOn(server, 'select details from history where action = $1 and subject_id = $2', [
      type === 'entities' ? 'entity.deleted' : 'group.deleted',
      id,
    ]);
    expect(row?.['details']).toMatchObject({ contactIds: [contact.id], userIds: [user.id] });
  });

  it('one with a contact whom the caller may not change is not deleted by them', async () => {
    const [mine, foreign] = [await one[type](), await one[type]()];
    const ids = [mine.id, foreign.id];
    const contact = await people.contact({}, ...(type === 'entities' ? ([ids, []] as const) : ([[], ids] as const)));
    const caller = await restrictedApi(server, { [type]: [mine.id] });
    expectRefusal(await caller.delete(`/${type}/${mine.id}`), 403, { code: 'affiliated_contact_not_changeable' });
    expect(await people.affiliations(contact.id, type)).toEqual(ids);
    expectStatus(await people.affiliate('delete', contact.id, type, [foreign.id]), 204);
    expectStatus(await caller.delete(`/${type}/${mine.id}`), 204);
  });

  it('one that is deleted while a file is being associated: either it is gone, or the file has it', async () => {
    const file = await files.create('raced.txt');
    for (let round = 0; round < 8; round++) {
      const { id } = await one[type]();
      const [linked, deleted] = await Promise.all([associate('post', file.id, type, id), api.delete(`/${type}/${id}`)]);
      expect([
        [204, 409],
        [400, 204],
      ]).toContainEqual([linked.status, deleted.status]);
      const there = (await api.get(`/${type}/${id}`)).status;
      const list = await api.get(`/files/${file.id}/relationships/associated_${type}`);
      const isLinked = (list.body as { data: { id: string }[] }).data.some((resource) => resource.id === id);
      expect([there, isLinked]).toEqual(linked.status === 204 ? [200, true] : [404, false]);
    }
  });
});
