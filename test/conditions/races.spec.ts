import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClientFilesApi } from '../support/client-files-api.js';
import { expectStatus } from '../support/expected-answers.js';
import { FilesApi } from '../support/files-api.js';
import { PeopleApi } from '../support/people-api.js';
import { expectPortalRefusal } from '../support/portal-api.js';
import { PortalWork } from '../support/portal-work.js';
import type { Portico } from '../support/portico.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

type Headers = Readonly<Record<string, string>>;

/** Something that a text can be written to. */
interface Editable {
  readonly path: string;
  readonly headers: Headers;
  readonly method?: string;
  readonly body: (text: string) => unknown;
}

const ROUNDS = 6;

let server: Portico;
let files: FilesApi;
let people: PeopleApi;
let work: PortalWork;
let company: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  [files, people] = [new FilesApi(server.url, server.headers), PeopleApi.of(server)];
  work = await PortalWork.of(server);
  company = await work.client();
});
afterAll(() => server.dispose());

const resource = (type: string, id: string, attributes: object) => ({ data: { id, type, attributes } });
const office = (path: string, body: Editable['body']): Editable => ({
  ...{ path: `/api/v2${path}`, headers: work.office.headers, body },
});
const user = (path: string, body: Editable['body']): Editable => ({
  ...{ path: `/api/v1${path}`, headers: server.headers, body },
});

const KINDS: Readonly<Record<string, () => Promise<Editable>>> = {
  'a file': async () => {
    const { id } = await files.create('race.txt');
    return user(`/files/${id}`, (name) => resource('files', id, { name: `${name}.txt` }));
  },
  'an entity': async () => {
    const { id } = await people.entity();
    return user(`/entities/${id}`, (name) => resource('entities', id, { display_name: name }));
  },
  'a group': async () => {
    const { id } = await people.group();
    return user(`/groups/${id}`, (name) => resource('groups', id, { name }));
  },
  'a contact': async () => {
    const { id } = await people.contact();
    return user(`/contacts/${id}`, (employer) => resource('contacts', id, { employer }));
  },
  'a user': async () => {
    const { id } = await people.user();
    return user(`/users/${id}`, (name) => resource('users', id, { name }));
  },
  'a client': async () => office(`/clients/${await work.client()}`, (name) => ({ name })),
  'a project': async () =>
    office(`/projects/${await work.make('projects', { clientId: Number(company), name: 'P' })}`, (name) => ({ name })),
  'a folder of the default tree': async () =>
    office(`/folders/${await work.make('folders', { name: randomUUID() })}`, (name) => ({ name })),
  'a file of a client': async () => {
    const api = await ClientFilesApi.of(work.office);
    const { id } = await api.upload('race.txt');
    return office(`${api.path}/files/${id}`, (caption) => ({ caption }));
  },
  'a questionnaire': async () => {
    const of = await work.client();
    const { headers } = work.portalOf(of, { user: await work.contact(of) });
    const body = (text: string) => ({ celebration_vision: text });
    return { path: '/api/portal/questionnaire', headers, method: 'POST', body };
  },
};

async function read({ path, headers }: Editable): Promise<{ tag: string; text: string }> {
  const answer = await fetch(`${server.url}${path}`, { headers });
  expect(answer.status).toBe(200);
  return { tag: String(answer.headers.get('etag')), text: await answer.text() };
}

/** Writes `text`, and answers the status. */
async function write({ path, headers, method = 'PATCH', body }: Editable, text: string, own: Headers = {}) {
  const all = { 'Content-Type': 'application/json', ...headers, ...own };
  const answer = await fetch(`${server.url}${path}`, { method, headers: all, body: JSON.stringify(body(text)) });
  await answer.text();
  return answer.status;
}

describe.each(Object.keys(KINDS))('Changes of %s at the same moment', (kind) => {
  let subject: Editable;
  beforeAll(async () => {
    subject = await (KINDS[kind] as () => Promise<Editable>)();
  });

  it('are made once, when both were seen in the same state', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tag } = await read(subject);
      const texts = [randomUUID(), randomUUID()];
      const statuses = await Promise.all(texts.map((text) => write(subject, text, { 'If-Match': tag })));
      expect([...statuses].sort()).toEqual([200, 412]);
      expect((await read(subject)).text).toContain(texts[statuses.indexOf(200)]);
    }
  });

  it('are never lost to one who has not seen them', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tag } = await read(subject);
      const [seen, unseen] = [randomUUID(), randomUUID()];
      const [status] = await Promise.all([write(subject, seen, { 'If-Match': tag }), write(subject, unseen)]);
      expect([200, 412]).toContain(status);
      // whichever came first: had the other one been written over, the first would not have seen it
      expect((await read(subject)).text).toContain(unseen);
    }
  });
});

describe('Changes of relationships at the same moment', () => {
  it('are made once, under the tag of the group, which is that of its members too', async () => {
    const { id } = await people.group();
    const entities = [(await people.entity()).id, (await people.entity()).id];
    const tag = String((await people.get(`/groups/${id}`)).headers['etag']);
    expect((await people.get(`/groups/${id}/relationships/members`)).headers['etag']).toBe(tag);
    const add = (entity: string) =>
      people
        .send('post', `/groups/${id}/relationships/members`, [{ type: 'entities', id: entity }])
        .set('If-Match', tag);
    const answers = await Promise.all(entities.map((entity) => add(entity)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 412]);
  });

  it('are refused when an association that was not seen is inherited by now', async () => {
    const folder = await files.createFolder('Folder');
    const { id } = await files.createIn({ parent: folder.id }, 'a.txt');
    const { headers } = await files.get(`/files/${id}`);
    const { id: entity } = await people.entity();
    expectStatus(await files.link('post', folder.id, 'entities', [entity]), 204);
    const rename = () => files.rename(id, 'b.txt');
    expectStatus(await rename().set('If-Match', String(headers['etag'])), 412);
    expectStatus(await rename(), 200);
  });
});

describe('If-Match', () => {
  it('holds with * of what is there', async () => {
    const { id } = await files.create('star.txt');
    expectStatus(await files.rename(id, 'other.txt').set('If-Match', '*'), 200);
    expectStatus(await files.delete(`/files/${id}`).set('If-Match', '*'), 204);
    expectStatus(await files.delete(`/files/${id}`).set('If-Match', '*'), 404);
  });

  it('is not looked at where the change would be refused anyway', async () => {
    const { id } = await files.create('refused.txt');
    expectStatus(await files.rename(id, '').set('If-Match', '"other"'), 400);
  });

  it('beside If-None-Match refuses what is still as it was', async () => {
    const { id } = await files.create('none.txt');
    const tag = String((await files.get(`/files/${id}`)).headers['etag']);
    expectStatus(await files.rename(id, 'b.txt').set('If-None-Match', tag), 412);
    expectStatus(await files.rename(id, 'b.txt').set('If-None-Match', '"other"'), 200);
  });

  it('is answered again under an Idempotency-Key, although what it names is past', async () => {
    const { id } = await files.create('key.txt');
    const tag = String((await files.get(`/files/${id}`)).headers['etag']);
    const key = randomUUID();
    const rename = () => files.rename(id, 'done.txt').set('If-Match', tag).set('Idempotency-Key', key);
    const [first, again] = [await rename(), await rename()];
    for (const answer of [first, again]) expectStatus(answer, 200);
    expect(again.headers).toMatchObject({ etag: first.headers['etag'], 'idempotency-replayed': 'true' });
    expectStatus(await files.rename(id, 'late.txt').set('If-Match', tag).set('Idempotency-Key', randomUUID()), 412);
  });

  it('is about what the first call of a contact asks for, and not about them becoming active', async () => {
    const id = await work.make('budgets', { clientId: Number(company), name: 'B', status: 'pending_approval' });
    const contact = await work.contact(company);
    const portal = work.portalOf(company, { user: contact });
    const approve = () => portal.call('post', `/budgets/${id}/approve`);
    expectPortalRefusal(await approve().set('If-Match', '"other"'), 412, 'precondition_failed');
    const { attributes } = await people.read(`/contacts/${contact}`);
    expect(attributes['portal_access']).toBe('active');
    const seen = await portal.get(`/budgets/${id}`);
    expectStatus(await approve().set('If-Match', String(seen.headers['etag'])), 200);
    const now = await portal.get(`/budgets/${id}`);
    expect(now.headers['etag']).not.toBe(seen.headers['etag']);
  });
});
