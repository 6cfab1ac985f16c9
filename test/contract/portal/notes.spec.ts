import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const NOTE = [
  ...['id', 'resource_type', 'resource_id', 'resource_name', 'content', 'parent_id', 'author_id', 'author_name'],
  ...['author_picture', 'author_type', 'portal_user_id', 'created_at', 'updated_at'],
];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

let server: Portico;
let work: PortalWork;
let parent: string;
let company: string;
let stranger: string;
let contact: string;
let portal: PortalApi;
let project: string;
let invoice: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  parent = await work.client({ name: 'Parent' });
  company = await work.client({ name: 'Company', parentClientId: parent });
  stranger = await work.client({ name: 'Stranger' });
  contact = await work.contact(company, { firstName: 'Adam', lastName: 'Smith' });
  portal = work.portalOf(company, { user: contact });
  project = await work.project(company, { name: 'Relaunch' });
  invoice = await makeInvoice(company);
}, 60_000);
afterAll(() => server.dispose());

const makeInvoice = (client: string, fields: Row = {}) =>
  work.make('invoices', { clientId: Number(client), status: 'submitted', ...fields });
/** A note by staff, for clients unless something else is said. */
const note = (resourceType: string, resourceId: string, fields: Row = {}) =>
  work.make('notes', { resourceType, resourceId, content: 'Note', isClientVisible: true, ...fields });
const list = async (of: PortalApi) => (await shown<{ notes: Row[] }>(of, '/notes')).notes;
const idsOf = async (of: PortalApi) => (await list(of)).map(({ id }) => id);
const find = async (id: string, of = portal) => (await list(of)).find((one) => one['id'] === id);
const send = (body: unknown, of = portal) =>
  of.call('post', '/notes').set('Content-Type', 'application/json').send(JSON.stringify(body));
const onInvoice = (fields: Row = {}) => ({ resourceType: 'invoice', resourceId: invoice, content: 'Hello', ...fields });
const written = async (fields: Row = {}, of = portal): Promise<string> => {
  const answer = await send(onInvoice(fields), of);
  expectStatus(answer, 201);
  return (answer.body as { id: string }).id;
};

describe('List Notes', () => {
  it('answers notes on projects, deals, budgets and invoices, the newest first, with the documented fields', async () => {
    const alone = await work.client();
    const own = await work.project(alone, { name: 'Shop' });
    const deal = await work.make('deals', { clientId: Number(alone), name: 'Support' });
    const budget = await work.make('budgets', { clientId: Number(alone), name: 'Phase 2', status: 'active' });
    const bill = await makeInvoice(alone, { invoiceNumber: 'INV-9' });
    const on = [
      ['project', own, 'Shop'],
      ['deal', deal, 'Support'],
      ['budget', budget, 'Phase 2'],
      ['invoice', bill, 'INV-9'],
    ] as const;
    const ids: string[] = [];
    for (const [type, id] of on) ids.push(await note(type, id, { content: `On a ${type}` }));
    const answer = await work.portalOf(alone, { role: 'viewer' }).get('/notes');
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['notes']);
    const { notes } = answer.body as { notes: Row[] };
    for (const one of notes) expect(Object.keys(one).sort()).toEqual([...NOTE].sort());
    const expected = on.map(([resource_type, resource_id, resource_name], at) => ({
      ...{ id: ids[at], resource_type, resource_id, resource_name, content: `On a ${resource_type}` },
      ...{ parent_id: null, author_id: expect.any(String), author_name: expect.any(String), author_picture: null },
      ...{ author_type: 'user', portal_user_id: null, created_at: INSTANT, updated_at: INSTANT },
    }));
    expect(notes).toEqual(expected.reverse());
  });

  it('shows what is for clients, and nothing that is on a draft', async () => {
    const hidden = [await note('project', project, { isClientVisible: false })];
    const draft = await makeInvoice(company, { status: 'draft' });
    const plan = await work.make('budgets', { clientId: Number(company), name: 'Plan', status: 'draft' });
    hidden.push(await note('invoice', draft), await note('budget', plan));
    const told = await idsOf(portal);
    for (const id of hidden) expect(told).not.toContain(id);
    await work.change('invoices', draft, { status: 'submitted' });
    expect(await idsOf(portal)).toContain(hidden[1]);
  });

  it('names an answer’s note only when that is shown', async () => {
    const [open, internal] = [
      await note('project', project),
      await note('project', project, { isClientVisible: false }),
    ];
    const answers = [
      await note('project', project, { parentId: open }),
      await note('project', project, { parentId: internal }),
    ];
    expect(await find(answers[0] ?? '')).toMatchObject({ parent_id: open });
    expect(await find(answers[1] ?? '')).toMatchObject({ parent_id: null });
  });

  it('names whoever wrote it', async () => {
    const author = await work.staff('Ann Author');
    const [byUser, byName] = [
      await note('project', project, { authorId: Number(author) }),
      await note('project', project, { authorName: 'The bookkeeper' }),
    ];
    const byContact = await written();
    expect(await find(byUser)).toMatchObject({ author_id: author, author_name: 'Ann Author', author_type: 'user' });
    expect(await find(byName)).toMatchObject({ author_name: 'The bookkeeper', author_type: 'user' });
    expect(await find(byContact)).toMatchObject({
      ...{ author_id: null, author_name: 'Adam Smith', author_type: 'portal_user', portal_user_id: contact },
    });
  });

  it('is of the group where the worker says so, and of the company alone otherwise', async () => {
    const [ofParent, ofStranger] = [
      await note('invoice', await makeInvoice(parent)),
      await note('invoice', await makeInvoice(stranger)),
    ];
    const ofCompany = await note('project', project);
    const all = await idsOf(portal.as({ group: parent }));
    expect(all).toEqual(expect.arrayContaining([ofParent, ofCompany]));
    expect(all).not.toContain(ofStranger);
    expect(await idsOf(portal)).not.toContain(ofParent);
  });

  it('is limited to the newest 100', async () => {
    const alone = await work.client();
    const own = await work.project(alone);
    const rows = (count: number) =>
      Array.from({ length: count }, () => ({
        ...{
          externalId: randomUUID(),
          resourceType: 'project',
          resourceId: own,
          content: 'Old',
          isClientVisible: true,
        },
      }));
    expectStatus(await work.office.send('put', '/notes', rows(104)), 200);
    const newest = await note('project', own);
    const ids = await idsOf(work.portalOf(alone));
    expect(ids).toHaveLength(100);
    expect(ids[0]).toBe(newest);
    expectPortalRefusal(await portal.get('/notes?limit=5'), 400, 'unknown_member');
  });
});

describe('Create Note', () => {
  it('answers the id of a note that everybody of the company then sees', async () => {
    const answer = await send(onInvoice({ content: ' Please send\n\tit once more, Grüße 🙂 ' }));
    expectStatus(answer, 201);
    const { id } = answer.body as { id: string };
    expect(answer.body).toEqual({ id: expect.any(String) });
    expect(answer.headers['location']).toBe(`/api/portal/notes/${id}`);
    const told = await find(id, work.portalOf(company, { role: 'viewer' }));
    expect(told).toMatchObject({ content: 'Please send\n\tit once more, Grüße 🙂', resource_id: invoice });
    expect(await shown(portal, `/notes/${id}`)).toEqual({ note: told });
    const inOffice = {
      isClientVisible: true,
      portalUserId: Number(contact),
      authorType: 'portal_user',
      authorId: null,
    };
    expect(await work.office.read(`/notes/${id}`)).toMatchObject({ ...inOffice, clientId: Number(company) });
  });

  it('writes on a project, and an answer to what is shown', async () => {
    const above = await note('project', project);
    const answer = await send({ resourceType: 'project', resourceId: project, content: 'Yes', parentId: above });
    expectStatus(answer, 201);
    const { id } = answer.body as { id: string };
    expect(await find(id)).toMatchObject({ resource_type: 'project', resource_name: 'Relaunch', parent_id: above });
  });

  it('is told to the history in the name of the contact, and to who delivers the project', async () => {
    const manager = await work.staff('Ann Manager');
    const managed = await work.project(company, { deliveryManagerId: Number(manager) });
    const id = await written({ resourceType: 'project', resourceId: managed });
    const history = `select action, user_id, contact_id::text as contact, client_id::text as client from history
      where subject_type = 'note' and subject_id = $1`;
    const entry = { action: 'note.created', user_id: null, contact, client: company };
    expect(await sqlOn(server, history, [id])).toEqual([entry]);
    const notifications = `select type, user_id::text as user, by_contact_id::text as by from notifications
      where resource_type = 'project' and resource_id = $1 and user_id is not null`;
    const told = { type: 'note_received', user: manager, by: contact };
    expect(await sqlOn(server, notifications, [managed])).toEqual([told]);
  });

  it('stays with its author, who can not be deleted any more', async () => {
    const author = await work.contact(company);
    await written({}, portal.as({ user: author }));
    expectProblem(await work.office.call('delete', `/contacts/${author}`), 409, 'contact_in_use');
  });

  it('takes null for what is left out', async () => {
    expect(await find(await written({ parentId: null, portalUserId: null }))).toMatchObject({ parent_id: null });
  });

  it('writes for the group where the worker says so: the note is the other company’s', async () => {
    const resourceId = await makeInvoice(parent);
    const group = portal.as({ group: parent });
    expectPortalRefusal(await send(onInvoice({ resourceId })), 404, 'invoice_not_found');
    const id = await written({ resourceId }, group);
    expect(await find(id, work.portalOf(parent))).toMatchObject({ author_name: 'Adam Smith' });
    expect(await idsOf(portal)).not.toContain(id);
  });

  it.each<[string, Row, RegExp]>([
    ['no resourceType', { resourceType: undefined }, /resourceType/],
    ['a deal', { resourceType: 'deal' }, /resourceType/],
    ['a budget', { resourceType: 'budget' }, /resourceType/],
    ['no resourceId', { resourceId: undefined }, /resourceId/],
    ['a number for an id', { resourceId: 7 }, /resourceId/],
    ['no content', { content: undefined }, /content/],
    ['content of null', { content: null }, /content/],
    ['empty content', { content: '' }, /^content must not be empty/],
    ['blank content', { content: ' \n ' }, /^content must not be empty/],
    ['too long a content', { content: 'x'.repeat(20_001) }, /^content must have 20000 characters at most/],
    ['a control character', { content: 'a\u0000b' }, /^content must not hold/],
    ['a parent that is no text', { parentId: 7 }, /parentId/],
    ['a user who is no id', { portalUserId: 'abc' }, /portalUserId/],
    ['another user than the header', { portalUserId: '999999' }, /portalUserId/],
  ])('refuses %s and names the field', async (_what, fields, message) => {
    const before = await idsOf(portal);
    const answer = await send(onInvoice(fields));
    expectPortalRefusal(answer, 400, 'invalid_value');
    expect((answer.body as { error: string }).error).toMatch(message);
    expect(await idsOf(portal)).toEqual(before);
  });

  it('refuses what it does not know, and what is no body', async () => {
    expectPortalRefusal(await send(onInvoice({ isClientVisible: false })), 400, 'unknown_member');
    expectPortalRefusal(await send([onInvoice()]), 400, 'invalid_body');
    const broken = await portal.call('post', '/notes').set('Content-Type', 'application/json').send('{');
    expectPortalRefusal(broken, 400, 'invalid_json');
    const plain = await portal.call('post', '/notes').set('Content-Type', 'text/plain').send('Hello');
    expectPortalRefusal(plain, 415, 'unsupported_media_type');
  });

  it('does not find what is not the company’s, or a draft', async () => {
    const notFound = async (fields: Row, code: string) => expectPortalRefusal(await send(onInvoice(fields)), 404, code);
    const draft = await makeInvoice(company, { status: 'draft' });
    for (const resourceId of [await makeInvoice(stranger), draft, project, randomUUID(), 'abc', ''])
      await notFound({ resourceId }, 'invoice_not_found');
    for (const resourceId of [await work.project(stranger), invoice])
      await notFound({ resourceType: 'project', resourceId }, 'project_not_found');
  });

  it('does not find a parent that is on something else or that is not shown', async () => {
    const elsewhere = await note('invoice', await makeInvoice(company));
    const internal = await note('invoice', invoice, { isClientVisible: false });
    const foreign = await note('invoice', await makeInvoice(stranger));
    for (const parentId of [elsewhere, internal, foreign, randomUUID(), 'abc'])
      expectPortalRefusal(await send(onInvoice({ parentId })), 404, 'note_not_found');
  });

  it('needs a collaborator', async () => {
    expectPortalRefusal(await send(onInvoice(), portal.as({ role: 'viewer' })), 403, 'portal_role_too_small');
    const viewer = await work.contact(company, { portalRole: 'viewer' });
    expectPortalRefusal(await send(onInvoice(), portal.as({ user: viewer })), 403, 'portal_role_too_small');
    const collaborator = await work.contact(company, { portalRole: 'collaborator' });
    await written({}, portal.as({ user: collaborator, role: 'collaborator' }));
  });

  describe('portalUserId', () => {
    const unnamed = () => portal.as({ user: undefined });
    const by = async (answer: Response) => {
      expectStatus(answer, 201);
      return (await find((answer.body as { id: string }).id))?.['portal_user_id'];
    };

    it('says who writes where the header does not', async () => {
      const other = await work.contact(company);
      expect(await by(await send(onInvoice({ portalUserId: other }), unnamed()))).toBe(other);
      expect(await by(await send(onInvoice({ portalUserId: Number(other) }), unnamed()))).toBe(other);
      expect(await by(await send(onInvoice({ portalUserId: contact })))).toBe(contact);
    });

    it('must be said in one of both', async () => {
      expectPortalRefusal(await send(onInvoice(), unnamed()), 400, 'portal_header_missing');
    });

    it('must be a contact of the company with access and a role for it', async () => {
      const ofParent = await work.contact(parent);
      for (const portalUserId of [ofParent, '999999'])
        expectPortalRefusal(await send(onInvoice({ portalUserId }), unnamed()), 403, 'portal_user_unknown');
      const viewer = await work.contact(company, { portalRole: 'viewer' });
      const refused = await send(onInvoice({ portalUserId: viewer }), unnamed());
      expectPortalRefusal(refused, 403, 'portal_role_too_small');
    });
  });
});

describe('Get Note', () => {
  it('answers what the list shows, and nothing else', async () => {
    const id = await note('project', project);
    expect(await shown(portal, `/notes/${id}`)).toEqual({ note: await find(id) });
    const hidden = [
      await note('project', project, { isClientVisible: false }),
      await note('invoice', await makeInvoice(company, { status: 'draft' })),
      await note('invoice', await makeInvoice(stranger)),
    ];
    for (const one of [...hidden, randomUUID(), 'abc'])
      expectPortalRefusal(await portal.get(`/notes/${one}`), 404, 'note_not_found');
  });
});
