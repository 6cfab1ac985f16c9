import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const BUDGET = [
  ...['id', 'name', 'resource_type', 'resource_id', 'resource_name', 'company_id', 'company_name', 'owner_id'],
  ...['owner_name', 'po_number', 'currency', 'status', 'total_amount', 'line_item_count', 'spent_amount'],
  ...['logged_hours', 'approved_at', 'created_at', 'updated_at'],
];
const LINE = [
  ...['id', 'budget_id', 'name', 'description', 'service_type_id', 'service_type_name', 'task_id', 'task_title'],
  ...['quantity', 'unit_price', 'amount', 'logged_hours', 'invoiced_amount', 'position', 'created_at'],
];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

let server: Portico;
let work: PortalWork;
let parent: string;
let company: string;
let stranger: string;
let contact: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  parent = await work.client({ name: 'Parent' });
  company = await work.client({ name: 'Company', parentClientId: parent });
  stranger = await work.client({ name: 'Stranger' });
  contact = await work.contact(company);
  portal = work.portalOf(company, { user: contact });
}, 60_000);
afterAll(() => server.dispose());

const budget = (fields: Row = {}, client = company) =>
  work.make('budgets', { clientId: Number(client), name: 'Budget', status: 'pending_approval', ...fields });
const list = async (of: PortalApi, query = '') => (await shown<{ budgets: Row[] }>(of, `/budgets${query}`)).budgets;
const idsOf = async (of: PortalApi, query = '') => (await list(of, query)).map(({ id }) => id);
const approve = (id: string, of = portal) => of.call('post', `/budgets/${id}/approve`);
const inOffice = (id: string) => work.office.read<Row>(`/budgets/${id}`);

describe('List Budgets', () => {
  it('answers the budgets of the projects and deals, the newest first, with the documented fields', async () => {
    const alone = await work.client({ name: 'Alone', currency: 'CHF' });
    const owner = await work.staff('Ann Owner');
    const deal = await work.make('deals', { clientId: Number(alone), name: 'Support' });
    const project = await work.project(alone, { name: 'Relaunch' });
    const ofDeal = await budget({ resourceType: 'deal', resourceId: deal }, alone);
    const ofProject = await budget(
      {
        ...{ name: 'Second phase', resourceType: 'project', resourceId: project, ownerId: Number(owner) },
        ...{ poNumber: 'PO-1', totalAmount: 2000, notes: 'between us' },
        lineItems: [
          { name: 'Design', quantity: 2.5, unitPrice: 500.2, loggedHours: 1.25 },
          { name: 'Code', unitPrice: 0.05, loggedHours: 2 },
        ],
      },
      alone,
    );
    const answer = await work.portalOf(alone).get('/budgets');
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(Object.keys(answer.body as Row)).toEqual(['budgets']);
    const [first, second] = (answer.body as { budgets: Row[] }).budgets;
    expect(Object.keys(first ?? {}).sort()).toEqual([...BUDGET].sort());
    expect(first).toEqual({
      ...{ id: ofProject, name: 'Second phase', status: 'pending_approval', approved_at: null },
      ...{ resource_type: 'project', resource_id: project, resource_name: 'Relaunch' },
      ...{ company_id: alone, company_name: 'Alone', owner_id: owner, owner_name: 'Ann Owner' },
      ...{ po_number: 'PO-1', currency: 'CHF', total_amount: 2000, spent_amount: 1250.55 },
      ...{ line_item_count: 2, logged_hours: 3.25, created_at: INSTANT, updated_at: INSTANT },
    });
    expect(second).toMatchObject({ id: ofDeal, resource_type: 'deal', resource_id: deal, resource_name: 'Support' });
    expect(answer.text).toContain('"total_amount":2000.00,');
    expect(answer.text).not.toContain('between us');
  });

  it('answers a budget of the company as a whole too', async () => {
    const id = await budget();
    const nothing = { resource_type: null, resource_id: null, resource_name: null, owner_name: null, total_amount: 0 };
    expect(await list(portal)).toEqual(expect.arrayContaining([expect.objectContaining({ id, ...nothing })]));
  });

  it('never shows a draft, and each other status', async () => {
    const alone = await work.client();
    await budget({ status: 'draft' }, alone);
    const ids = [];
    for (const status of ['pending_approval', 'approved', 'active', 'completed'])
      ids.unshift(await budget({ status }, alone));
    expect(await idsOf(work.portalOf(alone))).toEqual(ids);
  });

  it('is of the group where the worker says so, and of the company alone otherwise', async () => {
    const [ofParent, ofCompany, ofStranger] = [await budget({}, parent), await budget(), await budget({}, stranger)];
    const all = await idsOf(portal.as({ group: parent }));
    expect(all).toEqual(expect.arrayContaining([ofParent, ofCompany]));
    expect(all).not.toContain(ofStranger);
    expect(await idsOf(portal)).not.toContain(ofParent);
    expect(await idsOf(work.portalOf(parent))).not.toContain(ofCompany);
  });

  it('is sent in parts to those who ask for parts', async () => {
    const alone = await work.client();
    const ids = [await budget({}, alone), await budget({}, alone), await budget({}, alone)].reverse();
    const of = work.portalOf(alone);
    expect(await idsOf(of, '?limit=2')).toEqual(ids.slice(0, 2));
    expect(await idsOf(of, '?limit=2&offset=2')).toEqual(ids.slice(2));
    expectPortalRefusal(await of.get('/budgets?limit=0'), 400, 'invalid_value');
    expectPortalRefusal(await of.get('/budgets?status=draft'), 400, 'unknown_member');
  });
});

describe('Get Budget', () => {
  it('answers the budget and its line items by position, with the documented fields', async () => {
    const project = await work.project(company);
    const task = await work.make('tasks', { projectId: project, title: 'Draw the basket', isPrivate: false });
    const hidden = await work.make('tasks', { projectId: project, title: 'Between us', isPrivate: true });
    const id = await budget({
      lineItems: [
        { name: 'Code', position: 2, quantity: 0.3333, unitPrice: 3, taskId: hidden, externalId: randomUUID() },
        { name: 'Design', position: 1, description: 'Basket', serviceTypeName: 'Design', unitPrice: 9.5, taskId: task },
      ],
    });
    const answer = await portal.get(`/budgets/${id}`);
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['budget', 'lineItems']);
    const { budget: shownBudget, lineItems } = answer.body as { budget: Row; lineItems: Row[] };
    expect(shownBudget).toEqual((await list(portal)).find((one) => one['id'] === id));
    for (const line of lineItems) expect(Object.keys(line).sort()).toEqual([...LINE].sort());
    expect(lineItems).toEqual([
      {
        ...{ id: expect.any(String), budget_id: id, name: 'Design', description: 'Basket', position: 1 },
        ...{ service_type_id: null, service_type_name: 'Design', task_id: task, task_title: 'Draw the basket' },
        ...{ quantity: 1, unit_price: 9.5, amount: 9.5, logged_hours: 0, invoiced_amount: 0, created_at: INSTANT },
      },
      expect.objectContaining({ name: 'Code', quantity: 0.3333, amount: 1, task_id: null, task_title: null }),
    ]);
    expect(answer.text).toContain('"unit_price":9.50,"amount":9.50,');
    expect(answer.text).not.toContain('Between us');
  });

  it('counts what was invoiced of a line item on invoices that the client sees and that are not voided', async () => {
    const id = await budget({ lineItems: [{ name: 'Design', unitPrice: 100 }] });
    const { lineItems } = await work.office.read<{ lineItems: { id: string }[] }>(`/budgets/${id}`);
    for (const [status, unitPrice] of [
      ['draft', 1000],
      ['voided', 100],
      ['submitted', 20],
      ['paid', 3.5],
    ] as const)
      await work.make('invoices', {
        ...{ clientId: Number(company), budgetId: id, status },
        lineItems: [{ description: 'Design', unitPrice, budgetLineItemId: lineItems[0]?.id }],
      });
    const { lineItems: told } = await shown<{ lineItems: Row[] }>(portal, `/budgets/${id}`);
    expect(told).toMatchObject([{ invoiced_amount: 23.5 }]);
  });

  it('answers the same ids as the list: those of the group, and no draft', async () => {
    const [ofParent, ofStranger] = [await budget({}, parent), await budget({}, stranger)];
    const draft = await budget({ status: 'draft' });
    expectStatus(await portal.as({ group: parent }).get(`/budgets/${ofParent}`), 200);
    for (const id of [ofParent, ofStranger, draft, randomUUID(), 'abc', '1', '%00'])
      expectPortalRefusal(await portal.get(`/budgets/${id}`), 404, 'budget_not_found');
    expectPortalRefusal(await portal.get(`/budgets/${ofParent}?include=x`), 400, 'unknown_member');
  });
});

describe('Approve Budget', () => {
  it('approves a budget that waits for it, in the name of the contact', async () => {
    const id = await budget();
    const answer = await approve(id);
    expectStatus(answer, 200);
    expect(answer.body).toEqual({ ok: true });
    const { budget: approved } = await shown<{ budget: Row }>(portal, `/budgets/${id}`);
    expect(approved).toMatchObject({ status: 'approved', approved_at: INSTANT });
    expect(await inOffice(id)).toMatchObject({ status: 'approved', approvedAt: approved['approved_at'] });
  });

  it('is told to the history in the name of the contact, and to who delivers the project', async () => {
    const manager = await work.staff('Ann Manager');
    const project = await work.project(company, { deliveryManagerId: Number(manager) });
    const id = await budget({ resourceType: 'project', resourceId: project });
    expectStatus(await approve(id), 200);
    const history = `select action, user_id, contact_id::text as contact, client_id::text as client, credential_kind
      from history where subject_type = 'budget' and subject_id = $1 and action <> 'budget.created'`;
    expect(await sqlOn(server, history, [id])).toEqual([
      { action: 'budget.approved', user_id: null, contact, client: company, credential_kind: 'portal_token' },
    ]);
    const notifications = `select type, user_id::text as user, by_contact_id::text as by from notifications
      where resource_type = 'budget' and resource_id = $1 and user_id is not null`;
    const told = { type: 'budget_approved', user: manager, by: contact };
    expect(await sqlOn(server, notifications, [id])).toEqual([told]);
    expectPortalRefusal(await approve(id), 409, 'budget_not_pending');
    expect(await sqlOn(server, notifications, [id])).toEqual([told]);
  });

  it('keeps who it was: that contact can not be deleted any more', async () => {
    const approver = await work.contact(company);
    expectStatus(await approve(await budget(), portal.as({ user: approver })), 200);
    expectProblem(await work.office.call('delete', `/contacts/${approver}`), 409, 'contact_in_use');
  });

  it('makes it another one for those who wanted to change what they had seen', async () => {
    const id = await budget();
    const { headers } = await work.office.get(`/budgets/${id}`);
    expectStatus(await approve(id), 200);
    const late = work.office.with({ 'If-Match': String(headers['etag']) });
    expectStatus(await late.send('patch', `/budgets/${id}`, { name: 'Late' }), 412);
  });

  it.each(['approved', 'active', 'completed'])('refuses one that is %s', async (status) => {
    const id = await budget({ status });
    expectPortalRefusal(await approve(id), 409, 'budget_not_pending');
    expect(await inOffice(id)).toMatchObject({ status });
  });

  it('approves once, however many ask at the same moment', async () => {
    const id = await budget();
    const answers = await Promise.all(Array.from({ length: 6 }, () => approve(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('does not find a draft, nor what is another company’s', async () => {
    const ids = [await budget({ status: 'draft' }), await budget({}, parent), await budget({}, stranger)];
    for (const id of [...ids, randomUUID(), 'abc']) expectPortalRefusal(await approve(id), 404, 'budget_not_found');
    for (const id of ids.slice(1)) expect(await inOffice(id)).toMatchObject({ status: 'pending_approval' });
  });

  it('does it for the group where the worker says so', async () => {
    const id = await budget({}, parent);
    expectStatus(await approve(id, portal.as({ group: parent })), 200);
  });

  it('needs a collaborator', async () => {
    const id = await budget();
    expectPortalRefusal(await approve(id, portal.as({ role: 'viewer' })), 403, 'portal_role_too_small');
    const viewer = await work.contact(company, { portalRole: 'viewer' });
    expectPortalRefusal(await approve(id, portal.as({ user: viewer })), 403, 'portal_role_too_small');
    const collaborator = await work.contact(company, { portalRole: 'collaborator' });
    expectStatus(await approve(id, portal.as({ user: collaborator, role: 'collaborator' })), 200);
  });

  it('takes the word of the worker where it does not say who it is', async () => {
    const id = await budget();
    expectStatus(await approve(id, portal.as({ user: undefined, role: 'collaborator' })), 200);
    expect(await inOffice(id)).toMatchObject({ status: 'approved' });
  });
});
