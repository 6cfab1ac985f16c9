import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const HOUR = 3_600_000;

let server: Portico;
let work: PortalWork;
let parent: string;
let manager: string;
let policy: string;
let company: string;
let contact: string;
let portal: PortalApi;
let project: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  manager = await work.staff('Delia');
  const rules = [
    { priorityValue: 'medium', responseHours: 8, resolutionHours: 40 },
    { priorityValue: 'urgent', responseHours: 0.5, resolutionHours: 4 },
  ];
  policy = await work.make('sla-policies', { name: 'Standard', rules });
  parent = await work.client({ name: 'Parent' });
  company = await work.client({
    ...{ name: 'Company', parentClientId: parent, slaPolicyId: policy, deliveryManagerId: Number(manager) },
  });
  contact = await work.contact(company, { firstName: 'Adam', lastName: 'Smith' });
  portal = work.portalOf(company, { user: contact });
  project = await work.project(company, { name: 'Web shop' });
}, 60_000);
afterAll(() => server.dispose());

const send = (body: unknown, of = portal) =>
  of.call('post', '/requests').set('Content-Type', 'application/json').send(JSON.stringify(body));
const made = async (body: Row = {}, of = portal): Promise<string> => {
  const answer = await send({ title: 'A new logo', ...body }, of);
  expectStatus(answer, 201);
  return (answer.body as { taskId: string }).taskId;
};
const list = async (of = portal, query = '') => (await shown<{ requests: Row[] }>(of, `/requests${query}`)).requests;
const find = async (id: string, of = portal) => (await shown<{ request: Row }>(of, `/requests/${id}`)).request;
const task = (id: string): Promise<Row> => work.office.read(`/tasks/${id}`);
const told = (id: string): Promise<Row[]> =>
  sqlOn(
    server,
    'select type, user_id::text as "user", by_contact_id::text as "by", names from notifications where resource_id = $1',
    [id],
  );
const hoursAfter = (from: unknown, to: unknown) => (Date.parse(String(to)) - Date.parse(String(from))) / HOUR;

describe('Create Request', () => {
  it('makes a task of it', async () => {
    const answer = await send({
      title: ' A new logo ',
      description: 'Round.\nBlue.',
      priority: 'High',
      projectId: project,
    });
    expectStatus(answer, 201);
    expect(answer.body).toEqual({ taskId: UUID, ok: true });
    const { taskId } = answer.body as { taskId: string };
    expect(await task(taskId)).toMatchObject({
      ...{ clientId: Number(company), projectId: project, title: 'A new logo', description: 'Round.\nBlue.' },
      ...{
        statusValue: 'todo',
        priorityValue: 'high',
        typeValue: 'request',
        isPrivate: false,
        source: 'portal_request',
      },
      ...{ createdByPortalUserId: Number(contact), createdByPortalUserName: 'Adam Smith', assigneeId: null },
    });
    expect(answer.headers['location']).toBe(`/api/portal/requests/${taskId}`);
    expect(await find(taskId)).toMatchObject({ id: taskId, title: 'A new logo' });
    const { tasks } = await shown<{ tasks: Row[] }>(portal, `/projects/${project}/tasks`);
    expect(tasks.map(({ id }) => id)).toContain(taskId);
  });

  it.each<[string, Row, Row]>([
    ['a title alone', {}, { priorityValue: 'medium', description: null, projectId: null }],
    ['nothing said of the rest', { description: null, priority: null, projectId: null }, { priorityValue: 'medium' }],
    ['an empty description', { description: ' ' }, { description: null }],
    ['a title of 300 characters', { title: '😀'.repeat(300) }, { title: '😀'.repeat(300) }],
    ['a priority in capitals', { priority: 'URGENT' }, { priorityValue: 'urgent' }],
  ])('takes %s', async (_what, body, kept) => expect(await task(await made(body))).toMatchObject(kept));

  it.each<[string, unknown, string, RegExp]>([
    ['no title', {}, 'invalid_value', /title/],
    ['an empty title', { title: ' ' }, 'invalid_value', /^title must not be empty$/],
    ['a title of 301 characters', { title: 'x'.repeat(301) }, 'invalid_value', /^title/],
    ['a title of two lines', { title: 'a\nb' }, 'invalid_value', /^title/],
    ['a title that is no text', { title: 1 }, 'invalid_value', /^title/],
    ['a description that is no text', { title: 'x', description: {} }, 'invalid_value', /^description/],
    ['a description with a null character', { title: 'x', description: 'a\0' }, 'invalid_value', /^description/],
    ['an unknown priority', { title: 'x', priority: 'asap' }, 'invalid_value', /^priority must be one of low, medium/],
    ['a project that is no text', { title: 'x', projectId: 5 }, 'invalid_value', /^projectId/],
    ['a user that is no id', { title: 'x', portalUserId: 'abc' }, 'invalid_value', /^portalUserId/],
    ['an unknown field', { title: 'x', colour: 'red' }, 'unknown_member', /colour/],
    ['a list', [], 'invalid_body', /object/],
  ])('refuses %s with 400', async (_what, body, code, error) => {
    const answer = await send(body);
    expectPortalRefusal(answer, 400, code);
    expect((answer.body as { error: string }).error).toMatch(error);
  });

  it('reads nothing but JSON', async () => {
    const raw = (type: string, body: string) => portal.call('post', '/requests').set('Content-Type', type).send(body);
    expectPortalRefusal(await raw('text/plain', 'title'), 415, 'unsupported_media_type');
    expectPortalRefusal(await raw('application/json', '{"title":'), 400, 'invalid_json');
  });

  it('knows no project of another company, of the group or of nobody', async () => {
    const sister = await work.client({ name: 'Sister', parentClientId: parent });
    const projects = [
      await work.project(parent),
      await work.project(sister),
      await work.project(await work.client()),
      ...[randomUUID(), 'abc', ''],
    ];
    const before = await list();
    for (const projectId of projects) {
      const answer = await send({ title: 'x', projectId }, portal.as({ group: `${parent},${sister}` }));
      expectPortalRefusal(answer, 404, 'project_not_found');
    }
    expect(await list()).toEqual(before);
  });

  it('is for collaborators and admins', async () => {
    expectPortalRefusal(await send({ title: 'x' }, portal.as({ role: 'viewer' })), 403, 'portal_role_too_small');
    await made({}, portal.as({ role: 'collaborator' }));
    const viewer = await work.contact(company, { portalRole: 'viewer' });
    expectPortalRefusal(await send({ title: 'x' }, portal.as({ user: viewer })), 403, 'portal_role_too_small');
  });

  it('is kept in the history, with who asked', async () => {
    const id = await made({ priority: 'high', projectId: project });
    const entries = await sqlOn(
      server,
      `select action, client_id::text as client, contact_id::text as contact, user_id, credential_kind, details
       from history where subject_type = 'task' and subject_id = $1`,
      [id],
    );
    const details = expect.objectContaining({ title: { from: null, to: 'A new logo' } });
    const credential = { user_id: null, credential_kind: 'portal_token' };
    expect(entries).toEqual([{ action: 'task.created', client: company, contact, ...credential, details }]);
  });
});

describe('The portal user of a request', () => {
  it('is the one of the header or of the body, who are the same where both are given', async () => {
    const nameless = portal.as({ user: undefined });
    for (const portalUserId of [contact, Number(contact)]) {
      expect(await task(await made({ portalUserId }, nameless))).toMatchObject({
        createdByPortalUserId: Number(contact),
      });
      expect(await task(await made({ portalUserId }))).toMatchObject({ createdByPortalUserId: Number(contact) });
    }
    const colleague = await work.contact(company);
    const answer = await send({ title: 'x', portalUserId: colleague });
    expectPortalRefusal(answer, 400, 'invalid_value');
    expect((answer.body as { error: string }).error).toMatch(/^portalUserId/);
  });

  it('may stay unnamed', async () => {
    const id = await made({}, portal.as({ user: undefined }));
    expect(await task(id)).toMatchObject({ createdByPortalUserId: null, createdByPortalUserName: null });
    expect(await find(id)).toMatchObject({ created_by_name: null });
    expect(await told(id)).toMatchObject([{ by: null }]);
  });

  it('is a contact of the company with a role that is great enough', async () => {
    const nameless = portal.as({ user: undefined });
    const viewer = await work.contact(company, { portalRole: 'viewer' });
    const stranger = await work.contact(await work.client());
    const refused = async (portalUserId: string, code: string) =>
      expectPortalRefusal(await send({ title: 'x', portalUserId }, nameless), 403, code);
    await refused(viewer, 'portal_role_too_small');
    await refused(stranger, 'portal_user_unknown');
    await refused('999999', 'portal_user_unknown');
  });

  it('can go; the request stays', async () => {
    const leaving = await work.contact(company, { firstName: 'Eve', lastName: 'Gone' });
    const id = await made({}, portal.as({ user: leaving }));
    await work.remove('contacts', leaving);
    expect(await find(id)).toMatchObject({ id, created_by_name: null });
  });
});

describe('The deadlines of a request', () => {
  const deadlines = async (id: string, of = portal) => {
    const { created_at, response_deadline, resolution_deadline } = await find(id, of);
    if (response_deadline === null) return null;
    return [hoursAfter(created_at, response_deadline), hoursAfter(created_at, resolution_deadline)];
  };

  it('are those of the company’s policy, by its rule for the priority', async () => {
    expect(await deadlines(await made())).toEqual([8, 40]);
    expect(await deadlines(await made({ priority: 'urgent' }))).toEqual([0.5, 4]);
    expect(await deadlines(await made({ priority: 'low' }))).toBeNull();
  });

  it('are those of the project’s policy where it has one', async () => {
    const rules = [{ priorityValue: 'medium', responseHours: 2, resolutionHours: 3 }];
    const slaPolicyId = await work.make('sla-policies', { name: 'Project', rules, clientId: Number(company) });
    const projectId = await work.project(company, { slaPolicyId });
    expect(await deadlines(await made({ projectId }))).toEqual([2, 3]);
    expect(await deadlines(await made({ projectId, priority: 'urgent' }))).toBeNull();
    expect(await deadlines(await made({ projectId: project }))).toEqual([8, 40]);
  });

  it('are none without a policy', async () => {
    const other = work.portalOf(await work.client());
    expect(await deadlines(await made({}, other), other)).toBeNull();
  });

  it('count in the working time of the policy', async () => {
    const rules = [{ priorityValue: 'medium', responseHours: 1, resolutionHours: 25 }];
    const time = { timeZone: 'Pacific/Auckland', workingDays: [3], workingFrom: '00:00', workingTo: '24:00' };
    const slaPolicyId = await work.make('sla-policies', { name: 'Wednesdays', rules, ...time });
    const other = work.portalOf(await work.client({ slaPolicyId }));
    const { response_deadline, resolution_deadline } = await find(await made({}, other), other);
    const day = (instant: unknown) =>
      new Intl.DateTimeFormat('en', { timeZone: 'Pacific/Auckland', weekday: 'short' }).format(
        new Date(String(instant)),
      );
    expect([day(response_deadline), day(resolution_deadline)]).toEqual(['Wed', 'Wed']);
    const weeks = Math.round(hoursAfter(response_deadline, resolution_deadline) / 24 / 7);
    expect(weeks).toBeGreaterThanOrEqual(1);
  });

  it('show in the Back Office, with when staff began and ended', async () => {
    const id = await made({ priority: 'urgent' });
    const open = { responseDeadline: INSTANT, resolutionDeadline: INSTANT, respondedAt: null, resolvedAt: null };
    expect(await task(id)).toMatchObject(open);
    await work.change('tasks', id, { assigneeId: Number(manager) });
    expect(await task(id)).toMatchObject(open);
    await work.change('tasks', id, { statusValue: 'in_progress', statusLabel: 'In progress' });
    const { respondedAt } = await task(id);
    expect([respondedAt, await find(id)]).toEqual([
      INSTANT,
      expect.objectContaining({ status_label: 'In progress', responded_at: respondedAt, resolved_at: null }),
    ]);
    await work.office.expecting(200, work.office.send('put', `/tasks/${id}`, { statusValue: 'done' }));
    const { resolvedAt } = await task(id);
    expect([resolvedAt, await find(id)]).toEqual([
      INSTANT,
      expect.objectContaining({ status_value: 'done', responded_at: respondedAt, resolved_at: resolvedAt }),
    ]);
  });
});

describe('Who is told of a request', () => {
  it('is whoever delivers its project, else who looks after the company', async () => {
    const deliveryManagerId = Number(await work.staff('Paul'));
    const projectId = await work.project(company, { name: 'Shop', deliveryManagerId });
    const [ofProject, ofCompany] = [await made({ projectId, title: 'Banner' }), await made({ projectId: project })];
    const names = { title: 'Banner', project: 'Shop' };
    expect(await told(ofProject)).toEqual([
      { type: 'request_received', user: String(deliveryManagerId), by: contact, names },
    ]);
    expect(await told(ofCompany)).toMatchObject([{ user: manager }]);
  });

  it('is nobody where nobody looks after it', async () => {
    const other = await work.client();
    expect(await told(await made({}, work.portalOf(other)))).toEqual([]);
  });
});

describe('Get Requests', () => {
  it('answers what the company has asked for, the newest first, with the documented fields', async () => {
    const other = await work.client({ slaPolicyId: policy });
    const user = await work.contact(other, { firstName: 'Ada', lastName: 'Byron' });
    const of = work.portalOf(other, { user });
    const [first, second] = [await made({ title: 'First' }, of), await made({ title: 'Second', priority: 'low' }, of)];
    const requests = await list(of);
    expect(requests.map(({ id }) => id)).toEqual([second, first]);
    expect(requests[1]).toEqual({
      ...{ id: first, title: 'First', description: null, status_value: 'todo', status_label: null },
      ...{ status_color: null, priority_value: 'medium', priority_label: null, project_id: null, project_name: null },
      ...{ created_by_name: 'Ada Byron', created_at: INSTANT, updated_at: INSTANT, response_deadline: INSTANT },
      ...{ resolution_deadline: INSTANT, responded_at: null, resolved_at: null },
    });
    expect(await find(first, of)).toEqual(requests[1]);
    expect((await list(of, '?limit=1&offset=1')).map(({ id }) => id)).toEqual([first]);
  });

  it('answers JSON in the envelope, also to viewers', async () => {
    const answer = await portal.as({ role: 'viewer', user: undefined }).get('/requests');
    expectStatus(answer, 200);
    expect([answer.headers['content-type'], Object.keys(answer.body as object)]).toEqual([
      'application/json',
      ['requests'],
    ]);
  });

  it('never shows what is another company’s, another firm’s, private, or no request', async () => {
    const id = await made();
    const foreign = await PortalWork.ofAnotherFirm(server);
    const strangers = [
      work.portalOf(await work.client()),
      work.portalOf(parent, { group: company }), // requests are of one company
      foreign.portalOf(await foreign.client()),
    ];
    for (const stranger of strangers) {
      expectPortalRefusal(await stranger.get(`/requests/${id}`), 404, 'request_not_found');
      expect(await list(stranger)).toEqual([]);
    }
    const ofStaff = await work.make('tasks', { clientId: Number(company), title: 'Task' });
    await work.change('tasks', id, { isPrivate: true });
    for (const hidden of [id, ofStaff, randomUUID(), 'abc'])
      expectPortalRefusal(await portal.get(`/requests/${hidden}`), 404, 'request_not_found');
    expect((await list()).map((one) => one['id'])).not.toContain(id);
  });

  it.each([
    ['limit=0', 'invalid_value'],
    ['limit=1001', 'invalid_value'],
    ['offset=-1', 'invalid_value'],
    ['status=todo', 'unknown_member'],
  ])('refuses ?%s', async (query, code) => {
    const answer: Response = await portal.get(`/requests?${query}`);
    expectPortalRefusal(answer, 400, code);
  });
});
