import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, FilesApi, INSTANT } from '../../support/files-api.js';
import { PeopleApi } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { Audience, PublishingApi, resultsIn } from '../../support/publishing-api.js';

jest.setTimeout(120_000);

let server: Portico;
let files: FilesApi;
let people: PeopleApi;
let audience: Audience;
let publishing: PublishingApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  files = new FilesApi(server.url, server.headers);
  people = PeopleApi.of(server);
  audience = new Audience(people);
  publishing = new PublishingApi(files);
});
afterAll(() => server.dispose());

const newEntity = async () => (await people.entity()).id;
const fileOf = async (...entities: string[]) => (await files.createIn({ entities }, 'paper.txt')).id;
const success = { publish_status: 'success', notify_status: 'success' };

describe('Publish to Portal', () => {
  it('answers as the example of the seed', async () => {
    const ids = [await fileOf(), await fileOf(), await fileOf()];
    const answer = await publishing.publish(ids);
    expect(answer.headers['content-type']).toBe('application/vnd.api+json');
    expect(answer.body).toEqual({
      data: ids.map((id) => ({
        id,
        type: 'publish_files_result',
        attributes: { file_id: Number(id), ...success },
        links: { self: `/v1/publish_files_result/${id}` },
      })),
      included: [],
      links: { prev: null, next: null },
    });
  });

  it('answers in the order of files_id, and a file that is named twice once', async () => {
    const [one, two] = [await fileOf(), await fileOf()];
    expect((await publishing.published([two, one, two])).map(({ id }) => id)).toEqual([two, one]);
  });

  it('takes the values in any case', async () => {
    const options = { publishing: 'Use_Contact_Preference', notification: 'do_NOT_notify' };
    expect(await publishing.published([await fileOf()], options)).toHaveLength(1);
  });

  it('reaches the contacts of the entities, of the groups, and of the groups of the entities, not of the members', async () => {
    const [entity, member] = [await newEntity(), await newEntity()];
    const group = (await people.group('Family', [entity, member])).id;
    const ofEntity = await audience.contact({}, { entities: [entity] });
    const ofMember = await audience.contact({}, { entities: [member] });
    const ofGroup = await audience.contact({}, { groups: [group] });
    const [paper, familyPaper] = [await fileOf(entity), (await files.createIn({ groups: [group] }, 'family.txt')).id];
    await publishing.published([paper, familyPaper]);
    expect(await publishing.seenBy(paper)).toEqual([ofEntity, ofGroup]);
    expect(await publishing.seenBy(familyPaper)).toEqual([ofGroup]);
    const rules = (await publishing.publications(paper)).map(({ attributes }) => [
      attributes.rule,
      attributes['rule_id'],
    ]);
    expect(rules.sort()).toEqual([
      ['entity', Number(entity)],
      ['group_of_entity', Number(group)],
    ]);
    expect(await publishing.seenBy(paper)).not.toContain(ofMember);
  });

  it('counts the associations of the folders above', async () => {
    const entity = await newEntity();
    const contact = await audience.contact({}, { entities: [entity] });
    const top = await files.createFolder('Client', { entities: [entity] });
    const inner = await files.createFolder('2026', { parent: top.id });
    const file = await files.createIn({ parent: inner.id }, 'deep.txt');
    await publishing.published([file.id]);
    expect(await publishing.seenBy(file.id)).toEqual([contact]);
  });

  it('leaves it to the contacts, or to nobody but those who are named', async () => {
    const entity = await newEntity();
    const willing = await audience.contact({ publish_files: true }, { entities: [entity] });
    const unwilling = await audience.contact({ publish_files: false }, { entities: [entity] });
    const stranger = await audience.contact();
    const [byPreference, toNobody, named] = [await fileOf(entity), await fileOf(entity), await fileOf(entity)];
    await publishing.published([byPreference], { publishing: 'use_contact_preference' });
    await publishing.published([toNobody], { publishing: 'do_not_publish' });
    await publishing.published([named], { publishing: 'do_not_publish', overrides: [unwilling, stranger] });
    expect(await publishing.seenBy(byPreference)).toEqual([willing]);
    expect(await publishing.seenBy(toNobody)).toEqual([]);
    expect(await publishing.seenBy(named)).toEqual([unwilling, stranger]);
  });

  it('names the contacts without access to the portal, and goes on with the others', async () => {
    const entity = await newEntity();
    const none = await audience.contact({}, { entities: [entity], access: false });
    const revoked = await audience.contact({}, { entities: [entity] });
    await people.revoke(revoked).expect(204);
    const invited = await audience.contact({}, { entities: [entity] });
    const file = await fileOf(entity);
    const [result] = await publishing.published([file, await fileOf()]);
    expect(result?.attributes).toEqual({
      file_id: Number(file),
      notify_status: 'success',
      publish_status: 'fail',
      error: [
        {
          code: 'publish_failed',
          title: 'Publish failed for some contacts.',
          detail: `Publish failed for contacts [${none},${revoked}].`,
        },
      ],
    });
    expect(await publishing.seenBy(file)).toEqual([invited]);
  });

  it('changes nothing for what is published already', async () => {
    const entity = await newEntity();
    await audience.contact({}, { entities: [entity] });
    const file = await fileOf(entity);
    await publishing.published([file]);
    const before = await publishing.publications(file);
    const [result] = await publishing.published([file]);
    expect(result?.attributes).toMatchObject(success);
    expect(await publishing.publications(file)).toEqual(before);
    expect((await publishing.receipt(file)).events).toHaveLength(1);
  });

  it('reaches a contact who came later with the next call', async () => {
    const entity = await newEntity();
    const first = await audience.contact({}, { entities: [entity] });
    const file = await fileOf(entity);
    await publishing.published([file]);
    const second = await audience.contact({}, { entities: [entity] });
    expect(await publishing.seenBy(file)).toEqual([first]);
    await publishing.published([file]);
    expect(await publishing.seenBy(file)).toEqual([first, second]);
  });

  it('publishes once when the same call comes several times at once', async () => {
    const entity = await newEntity();
    const contact = await audience.contact({}, { entities: [entity] });
    const ids = [await fileOf(entity), await fileOf(entity)];
    const answers = await Promise.all(Array.from({ length: 6 }, () => publishing.publish(ids)));
    for (const answer of answers)
      for (const result of resultsIn(answer)) expect(result.attributes).toMatchObject(success);
    for (const id of ids) {
      expect(await publishing.seenBy(id)).toEqual([contact]);
      expect((await publishing.receipt(id)).events).toHaveLength(1);
    }
  });
});

describe('A dry run', () => {
  it('answers for each file who would see it, who would be told, and why, and changes nothing', async () => {
    const entity = await newEntity();
    const ready = await audience.contact({}, { entities: [entity] });
    const quiet = await audience.contact({ notify_by_email: false }, { entities: [entity] });
    const unwilling = await audience.contact({ publish_files: false }, { entities: [entity] });
    const without = await audience.contact({}, { entities: [entity], access: false });
    const named = await audience.contact();
    const file = await fileOf(entity);
    const scope = { publishing: 'use_contact_preference', notification: 'use_contact_preference' };
    const [result] = await publishing.published([file], { ...scope, overrides: [named], dryRun: true });
    expect(result?.attributes.publish_status).toBe('fail');
    const decision = (contact: string, others: object) => ({
      contact_id: Number(contact),
      outcome: 'publish',
      rule: 'entity',
      rule_id: Number(entity),
      because: null,
      notify: true,
      notify_because: 'told',
      ...others,
    });
    const silent = { notify: false, notify_because: 'not_published' };
    expect(result?.attributes.contacts).toEqual([
      decision(ready, {}),
      decision(quiet, { notify: false, notify_because: 'contact_preference' }),
      decision(unwilling, { ...silent, outcome: 'skip', because: 'contact_preference' }),
      decision(without, { ...silent, outcome: 'fail', because: 'no_portal_access' }),
      decision(named, { rule: 'override', rule_id: null }),
    ]);
    expect(await publishing.seenBy(file)).toEqual([]);
    expectRefusal(await files.get(`/publish_files_result/${file}`), 404, { code: 'publish_result_not_found' });
    expect((await publishing.receipt(file)).events).toEqual([]);
  });

  it('is refused like the call itself', async () => {
    const answer = await publishing.publish(['999999'], { dryRun: true });
    expectRefusal(answer, 403, { code: 'files_not_publishable' });
  });
});

describe('The results of a call', () => {
  it('come in pages when a limit is given, forwards and back', async () => {
    const ids = [await fileOf(), await fileOf(), await fileOf(), await fileOf(), await fileOf()].reverse();
    const first = await publishing.publish(ids, { query: '?page[limit]=2' });
    expect(resultsIn(first).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const links = (answer: typeof first) => answer.body as { links: { prev: string | null; next: string | null } };
    const follow = (link: string | null) => files.get((link ?? '').replace(/^\/v1/, ''));
    expect(links(first).links.prev).toBeNull();
    const second = await follow(links(first).links.next);
    expect(resultsIn(second).map(({ id }) => id)).toEqual(ids.slice(2, 4));
    const third = await follow(links(second).links.next);
    expect(resultsIn(third).map(({ id }) => id)).toEqual(ids.slice(4));
    expect(links(third).links.next).toBeNull();
    const back = await follow(links(third).links.prev);
    expect(resultsIn(back)).toEqual(resultsIn(second));
    const start = await follow(links(back).links.prev);
    expect(resultsIn(start)).toEqual(resultsIn(first));
  });

  it('are found by the file: the newest', async () => {
    const entity = await newEntity();
    const contact = await audience.contact({}, { entities: [entity], access: false });
    const file = await fileOf(entity);
    const [failed] = await publishing.published([file]);
    expect((await files.get(`/publish_files_result/${file}`)).body).toEqual({ data: failed });
    await people.invite(contact).expect(204);
    const [published] = await publishing.published([file]);
    expect(published?.attributes.publish_status).toBe('success');
    expect((await files.get(`/publish_files_result/${file}/`)).body).toEqual({ data: published });
  });

  it.each(['publish_files_result/999999', 'publish_files_result/x', 'portal/publish_files/x'])(
    'are not there for what was never published: %s',
    async (path) => {
      expectRefusal(await files.get(`/${path}`), 404);
    },
  );
});

describe('The publications of a file', () => {
  it('tell who can see it, since when and through what', async () => {
    const entity = await newEntity();
    const contact = await audience.contact({}, { entities: [entity] });
    const file = await fileOf(entity);
    await publishing.published([file]);
    expect(await publishing.publications(file)).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        type: 'publications',
        attributes: {
          file_id: Number(file),
          contact_id: Number(contact),
          published_at: expect.stringMatching(INSTANT),
          published_by: expect.any(Number),
          rule: 'entity',
          rule_id: Number(entity),
          viewed_at: null,
          downloaded_at: null,
          acknowledged_at: null,
          mail: null,
        },
      },
    ]);
  });

  it('come in pages', async () => {
    const entity = await newEntity();
    const contacts = [
      await audience.contact({}, { entities: [entity] }),
      await audience.contact({}, { entities: [entity] }),
      await audience.contact({}, { entities: [entity] }),
    ];
    const file = await fileOf(entity);
    await publishing.published([file]);
    const pages = await files.walk(`/files/${file}/publications?page[limit]=2`);
    expect(pages.map(({ data }) => data.length)).toEqual([2, 1]);
    const seen = pages.flatMap(({ data }) =>
      data.map(({ attributes }) => (attributes as unknown as { contact_id: number }).contact_id),
    );
    expect(seen.map(String)).toEqual(contacts);
  });

  it('are none of a file that is not published, and not there for a folder or an unknown one', async () => {
    expect(await publishing.publications(await fileOf())).toEqual([]);
    const folder = await files.createFolder('No paper');
    for (const id of [folder.id, '999999', 'x']) expectRefusal(await files.get(`/files/${id}/publications`), 404);
  });
});
