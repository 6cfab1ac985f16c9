import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, FilesApi } from '../../support/files-api.js';
import { restrictedApi } from '../../support/directory-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import { PeopleApi } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { Audience, PublishingApi } from '../../support/publishing-api.js';

jest.setTimeout(120_000);

const MAY_PUBLISH = ['api_access', 'files_edit', 'portal_share_files'];
let server: Portico;
let files: FilesApi;
let people: PeopleApi;
let publishing: PublishingApi;
let entity: string;
let contact: string;
let file: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  files = new FilesApi(server.url, server.headers);
  people = PeopleApi.of(server);
  publishing = new PublishingApi(files);
  entity = (await people.entity()).id;
  contact = await new Audience(people).contact({}, { entities: [entity] });
  file = (await files.createIn({ entities: [entity] }, 'paper.txt')).id;
});
afterAll(() => server.dispose());

const attributes = (given: object) => ({
  files_id: [Number(file)],
  portal_publishing: 'PUBLISH',
  contact_notification: 'DO_NOT_NOTIFY',
  ...given,
});
const send = (given: object, type = 'publish_portal_files_request') =>
  files.sendData('post', '/portal/publish_files', { type, attributes: attributes(given) });

describe('A call that publishes is refused', () => {
  it.each<[string, object, string]>([
    ['without files_id', { files_id: undefined }, 'files_id'],
    ['with no file', { files_id: [] }, 'files_id'],
    ['with more than 500 files', { files_id: Array.from({ length: 501 }, (_, i) => i + 1) }, 'files_id'],
    ['with ids as strings', { files_id: ['1'] }, 'files_id'],
    ['with an id that is none', { files_id: [0] }, 'files_id'],
    ['with an id that is negative', { files_id: [-1] }, 'files_id'],
    ['with an id that is no whole number', { files_id: [1.5] }, 'files_id'],
    ['with an id that JSON can not tell exactly', { files_id: [2 ** 53] }, 'files_id'],
    ['with files_id that is no list', { files_id: 1 }, 'files_id'],
    ['with files_id in a list of lists', { files_id: [[1]] }, 'files_id'],
    ['with files_id null', { files_id: null }, 'files_id'],
    ['without portal_publishing', { portal_publishing: undefined }, 'portal_publishing'],
    ['with an unknown portal_publishing', { portal_publishing: 'everyone' }, 'portal_publishing'],
    ['with portal_publishing of another type', { portal_publishing: 1 }, 'portal_publishing'],
    ['without contact_notification', { contact_notification: undefined }, 'contact_notification'],
    ['with an unknown contact_notification', { contact_notification: 'shout' }, 'contact_notification'],
    ['with contacts as strings', { publish_override_contact_ids: ['1'] }, 'publish_override_contact_ids'],
    ['with an unknown contact', { publish_override_contact_ids: [999999] }, 'publish_override_contact_ids'],
    ['with dry_run of another type', { dry_run: 'yes' }, 'dry_run'],
    ['with an unknown attribute', { notify: true }, 'notify'],
  ])('%s: 400, naming it', async (_what, given, name) => {
    expectRefusal(await send(given), 400, { source: { pointer: `/data/attributes/${name}` } });
  });

  it.each(['notify', 'USE_CONTACT_PREFERENCE'])(
    'with do_not_publish, %s and nobody named: 400',
    async (notification) => {
      const given = { portal_publishing: 'do_not_publish', contact_notification: notification };
      const fault = { code: 'notification_without_publishing' };
      expectRefusal(await send(given), 400, fault);
      expectRefusal(await send({ ...given, publish_override_contact_ids: [] }), 400, fault);
      expectStatus(await send({ ...given, publish_override_contact_ids: [Number(contact)], dry_run: true }), 200);
    },
  );

  it('for a folder: 400, naming it', async () => {
    const folder = Number((await files.createFolder('No paper')).id);
    const fault = { code: 'folders_not_publishable', detail: expect.stringContaining(String(folder)) };
    expectRefusal(await send({ files_id: [Number(file), folder] }), 400, fault);
  });

  it('for an unknown or archived file: 403, naming all of them, and nothing is published', async () => {
    const fresh = (await files.createIn({ entities: [entity] }, 'fresh.txt')).id;
    const archived = (await files.createArchived('gone.txt')).id;
    const answer = await send({ files_id: [Number(fresh), 999999, Number(archived)] });
    const detail = expect.stringContaining(`999999, ${archived}.`);
    expectRefusal(answer, 403, { code: 'files_not_publishable', detail });
    expect(await publishing.publications(fresh)).toEqual([]);
  });

  it('with another type: 409', async () => {
    expectRefusal(await send({}, 'files'), 409, { code: 'type_mismatch', source: { pointer: '/data/type' } });
  });

  it('with a body that is none, and of another media type', async () => {
    expectRefusal(await files.sendRaw('post', '/portal/publish_files', '{'), 400, { code: 'invalid_json' });
    expectRefusal(await files.sendRaw('post', '/portal/publish_files', '{}'), 400);
    expectRefusal(await files.sendRaw('post', '/portal/publish_files', '{}', 'text/plain'), 415);
  });

  it('with another method or an unknown parameter', async () => {
    expectRefusal(await files.get('/portal/publish_files'), 405);
    expectRefusal(await publishing.publish([file], { query: '?page[limit]=0' }), 400);
    expectRefusal(await publishing.publish([file], { query: '?sort=id' }), 400);
  });
});

describe('What a call is about stays in its firm', () => {
  it('files of another firm are unknown, and so are its contacts, results, publications and receipts', async () => {
    const { firmId, apiKey } = await new Operator(server).firm('Other Firm');
    const other = new FilesApi(server.url, keyHeaders(apiKey, firmId));
    const foreign = new PublishingApi(other);
    expectRefusal(await foreign.publish([file]), 403, { code: 'files_not_publishable' });
    expectRefusal(await foreign.unpublish([file]), 403, { code: 'files_not_publishable' });
    const own = await other.create('own.txt');
    expectRefusal(await foreign.publish([own.id], { overrides: [contact] }), 400, { code: 'unknown_contacts' });
    const second = await files.create('second.txt');
    const answer = await publishing.publish([file, second.id], { query: '?page[limit]=1' });
    const { links } = answer.body as { links: { next: string } };
    expectRefusal(await other.get(links.next.replace('/v1', '')), 404, { code: 'publish_call_not_found' });
    for (const path of [`/publish_files_result/${file}`, `/files/${file}/publications`, `/files/${file}/receipt`])
      expectRefusal(await other.get(path), 404);
  });
});

describe('A user with permitted data only', () => {
  it('publishes what they may change, and nothing else', async () => {
    const foreign = (await people.entity()).id;
    const [mine, mixed, theirs] = [
      (await files.createIn({ entities: [entity] }, 'mine.txt')).id,
      (await files.createIn({ entities: [entity, foreign] }, 'mixed.txt')).id,
      (await files.createIn({ entities: [foreign] }, 'theirs.txt')).id,
    ];
    const user = await restrictedApi(server, { permissions: MAY_PUBLISH, entities: [entity] });
    const theirApi = new PublishingApi(new FilesApi(server.url, user.headers));
    const answer = await theirApi.publish([mine, mixed, theirs]);
    const detail = expect.stringContaining(`${mixed}, ${theirs}.`);
    expectRefusal(answer, 403, { code: 'files_not_publishable', detail });
    expect(await publishing.publications(mine)).toEqual([]);
    await theirApi.published([mine]);
    expect(await theirApi.seenBy(mine)).toEqual([contact]);
    expect((await theirApi.receipt(mine)).contacts.map(({ contact_id }) => String(contact_id))).toEqual([contact]);
    for (const path of ['publications', 'receipt'])
      expectRefusal(await theirApi.files.get(`/files/${theirs}/${path}`), 404);
  });

  it('names only contacts whom they may see', async () => {
    const hidden = await new Audience(people).contact({}, { entities: [(await people.entity()).id] });
    const user = await restrictedApi(server, { permissions: MAY_PUBLISH, entities: [entity] });
    const theirApi = new PublishingApi(new FilesApi(server.url, user.headers));
    const mine = (await files.createIn({ entities: [entity] }, 'mine.txt')).id;
    expectRefusal(await theirApi.publish([mine], { overrides: [hidden] }), 400, { code: 'unknown_contacts' });
    await theirApi.published([mine], { overrides: [contact] });
    expect(await publishing.seenBy(mine)).toEqual([contact]);
  });
});
