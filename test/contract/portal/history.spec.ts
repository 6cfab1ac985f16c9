import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Entry {
  readonly action: string;
  readonly resource_id: string;
  readonly details: Readonly<Record<string, unknown>>;
}

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

const history = async (of: PortalApi) => (await shown<{ history: Entry[] }>(of, '/history')).history;
const actionsOf = async (of: PortalApi) => (await history(of)).map(({ action }) => action);

async function newCompany(): Promise<[string, PortalApi]> {
  const id = await work.client();
  return [id, work.portalOf(id, { role: 'viewer' })];
}

const LINES = [{ description: 'Work', unitPrice: 100 }];
const invoice = (client: string, fields: Row = {}) =>
  work.make('invoices', { clientId: Number(client), invoiceNumber: 'INV-1', lineItems: LINES, ...fields });

describe('GET /api/portal/history', () => {
  it('tells what happened to projects, the newest first, with every field', async () => {
    const [company, portal] = await newCompany();
    const id = await work.project(company, { name: 'Project', startDate: '2026-01-05' });
    await work.change('projects', id, { status: 'completed', name: 'Done' });
    const entries = await history(portal);
    const common = { resource_type: 'project', resource_id: id, resource_name: 'Done', actor_picture: null };
    const actor = { actor_id: expect.stringMatching(/^\d+$/), actor_name: 'Ann' };
    const at = { created_at: expect.stringMatching(INSTANT) };
    expect(entries).toEqual([
      {
        ...{ id: expect.stringMatching(/^\d+$/), ...common, ...actor, ...at, action: 'project.updated' },
        details: { name: { from: 'Project', to: 'Done' }, status: { from: 'active', to: 'completed' } },
      },
      {
        ...{ id: expect.stringMatching(/^\d+$/), ...common, ...actor, ...at, action: 'project.created' },
        details: {
          name: { from: null, to: 'Project' },
          status: { from: null, to: 'active' },
          start_date: { from: null, to: '2026-01-05' },
        },
      },
    ]);
  });

  it('tells of their parts under them, in numbers where they came with the whole', async () => {
    const [company, portal] = await newCompany();
    const members = [{ userId: Number(await work.staff('Ben')) }];
    const id = await work.project(company, { members, goals: [{ title: 'One' }, { title: 'Two' }] });
    const goal = await work.make('project-goals', { projectId: id, title: 'Three', targetDate: '2026-06-30' });
    await work.change('project-goals', goal, { status: 'achieved' });
    await work.make('project-decisions', { projectId: id, title: 'It', decidedAt: '2026-03-01T10:00:00Z' });
    const [decided, changed, added, made] = await history(portal);
    expect([decided, changed, added].map((entry) => entry?.resource_id)).toEqual([id, id, id]);
    expect(decided).toMatchObject({
      action: 'project_decision.created',
      details: { decided_at: { from: null, to: '2026-03-01T10:00:00Z' } },
    });
    expect(changed?.details).toEqual({ status: { from: 'not_started', to: 'achieved' } });
    expect(added?.details).toEqual({
      ...{ title: { from: null, to: 'Three' }, target_date: { from: null, to: '2026-06-30' } },
      status: { from: null, to: 'not_started' },
    });
    expect(made?.details).toMatchObject({
      members: { added: 1, changed: 0, removed: 0 },
      goals: { added: 2, changed: 0, removed: 0 },
    });
  });

  it('tells of invoices and budgets with amounts that have two decimals', async () => {
    const [company, portal] = await newCompany();
    const id = await invoice(company, { status: 'submitted', sentAt: '2026-03-01T12:00:00Z' });
    await work.make('invoice-payments', { invoiceId: id, amount: 12.5, paidOn: '2026-03-20', note: 'x' });
    const budget = await work.make('budgets', {
      ...{ clientId: Number(company), name: 'Budget', status: 'active', totalAmount: 1000 },
    });
    const { text } = await portal.get('/history');
    const entries = await history(portal);
    expect(entries).toEqual([
      expect.objectContaining({ resource_type: 'budget', resource_id: budget, resource_name: 'Budget' }),
      expect.objectContaining({ resource_type: 'invoice', resource_id: id, action: 'invoice_payment.created' }),
      expect.objectContaining({ resource_type: 'invoice', resource_name: 'INV-1', action: 'invoice.created' }),
    ]);
    expect(text).toContain('"total_amount":{"from":null,"to":1000.00}');
    expect(entries[1]?.details).toEqual({
      amount: { from: null, to: 12.5 },
      paid_on: { from: null, to: '2026-03-20' },
    });
    expect(entries[2]?.details).toMatchObject({
      sent_at: { from: null, to: '2026-03-01T12:00:00Z' },
      line_items: { added: 1, changed: 0, removed: 0 },
    });
  });

  it('tells that a contact approved a budget', async () => {
    const [company, portal] = await newCompany();
    const contact = await work.contact(company, { firstName: 'Eve', lastName: 'Adams' });
    const fields = { clientId: Number(company), name: 'Budget', status: 'pending_approval' };
    const id = await work.make('budgets', fields);
    const approved = await portal.as({ user: contact, role: 'collaborator' }).call('post', `/budgets/${id}/approve`);
    expect(approved.status).toBe(200);
    const [entry] = await history(portal);
    expect(entry).toMatchObject({
      ...{ action: 'budget.approved', resource_id: id, actor_id: contact, actor_name: 'Eve Adams' },
      details: {
        status: { from: 'pending_approval', to: 'approved' },
        approved_at: { from: null, to: expect.stringMatching(INSTANT) },
      },
    });
  });

  it('tells nothing of drafts, and afterwards nothing of the time when they were drafts', async () => {
    const [company, portal] = await newCompany();
    const id = await invoice(company, { poNumber: 'SECRET-1' });
    await work.change('invoices', id, { poNumber: 'SECRET-2' });
    await work.make('invoice-line-items', { invoiceId: id, description: 'SECRET-3', unitPrice: 1 });
    expect(await history(portal)).toEqual([]);
    await work.change('invoices', id, { status: 'submitted', poNumber: 'PO-1' });
    await work.change('invoices', id, { poNumber: 'PO-2' });
    const details = (await history(portal)).map((entry) => entry.details);
    expect(details).toEqual([
      { po_number: { from: 'PO-1', to: 'PO-2' } },
      { status: { from: null, to: 'submitted' }, po_number: { from: null, to: 'PO-1' } },
    ]);
  });

  it('hides what became a draft again, and what happened to it then', async () => {
    const [company, portal] = await newCompany();
    const budget = { clientId: Number(company), name: 'Budget', status: 'pending_approval' };
    const id = await work.make('budgets', budget);
    await work.change('budgets', id, { status: 'draft' });
    expect(await history(portal)).toEqual([]);
    await work.change('budgets', id, { name: 'SECRET' });
    await work.change('budgets', id, { status: 'pending_approval', name: 'Better' });
    const entries = await history(portal);
    expect(entries.map(({ action, details }) => [action, details['status']])).toEqual([
      ['budget.updated', { from: null, to: 'pending_approval' }],
      ['budget.created', { from: null, to: 'pending_approval' }],
    ]);
    expect(JSON.stringify(entries)).not.toContain('SECRET');
  });

  it('never tells what the portal does not show', async () => {
    const [company, portal] = await newCompany();
    const id = await work.make('budgets', {
      ...{
        clientId: Number(company),
        name: 'Budget',
        status: 'active',
        notes: 'SECRET',
        externalId: `SECRET-${company}`,
      },
    });
    await work.change('budgets', id, { notes: 'SECRET too' });
    const projectId = await work.project(company);
    await work.make('tasks', { projectId, title: 'SECRET', isPrivate: true });
    await work.make('deals', { clientId: Number(company), name: 'SECRET' });
    expect(await actionsOf(portal)).toEqual(['project.created', 'budget.created']);
    expect(JSON.stringify(await history(portal))).not.toContain('SECRET');
  });

  it('tells nothing of what was removed', async () => {
    const [company, portal] = await newCompany();
    const [id, gone] = [await work.project(company), await work.project(company)];
    await work.change('projects', gone, { name: 'Gone' });
    await work.remove('projects', gone);
    expect((await history(portal)).map((entry) => entry.resource_id)).toEqual([id]);
  });

  it('is of the company alone, whatever the group, and of no other firm', async () => {
    const [parent, portal] = await newCompany();
    const child = await work.client({ parentClientId: parent });
    const id = await work.project(parent);
    await work.project(child);
    expect((await history(portal.as({ group: child }))).map((entry) => entry.resource_id)).toEqual([id]);
    const other = await PortalWork.ofAnotherFirm(server);
    expect(await history(other.portalOf(await other.client()))).toEqual([]);
  });

  it('goes with a project that becomes another company’s', async () => {
    const [[one, ofOne], [two, ofTwo]] = [await newCompany(), await newCompany()];
    const id = await work.project(one, { name: 'Project' });
    await work.change('projects', id, { clientId: Number(two) });
    await work.change('projects', id, { name: 'Moved' });
    expect(await history(ofOne)).toEqual([]);
    expect(await actionsOf(ofTwo)).toEqual(['project.updated']);
  });

  it('has the newest 50', async () => {
    const [company, portal] = await newCompany();
    const rows = Array.from({ length: 55 }, (_, n) => {
      return { externalId: `${company}-${n}`, clientId: Number(company), name: `Project ${n}` };
    });
    await work.office.expecting(200, work.office.send('put', '/projects', rows));
    const entries = await shown<{ history: { id: string }[] }>(portal, '/history');
    const ids = entries.history.map(({ id }) => BigInt(id));
    expect(ids).toHaveLength(50);
    expect(ids).toEqual([...ids].sort((one, two) => (one < two ? 1 : -1)));
  });

  it('refuses a parameter', async () => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await portal.get('/history?limit=10'), 400, 'unknown_member');
  });
});
