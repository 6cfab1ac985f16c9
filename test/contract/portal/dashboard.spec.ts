import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Dashboard {
  readonly projects: readonly Row[];
  readonly taskCounts: Readonly<Record<string, Row>>;
  readonly financial: Row;
  readonly recentActivity: readonly Row[];
  readonly milestones: readonly Row[];
  readonly announcements: readonly Row[];
}

const LONG_AGO = '2020-01-31';
const FAR_OFF = '2999-12-31';
const NOTHING = { total_invoiced: 0, total_outstanding: 0, total_overdue: 0, currency: 'EUR' };

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

const dashboard = (of: PortalApi) => shown<Dashboard>(of, '/dashboard');
const namesOf = (rows: readonly Row[], field = 'name') => rows.map((row) => row[field]);

async function newCompany(fields: Row = {}): Promise<[string, PortalApi]> {
  const id = await work.client(fields);
  return [id, work.portalOf(id, { role: 'viewer' })];
}

/** An invoice over so much, of which so much is paid. */
const invoice = (client: string, amount: number, { paid = 0, ...fields }: Row & { paid?: number } = {}) =>
  work.make('invoices', {
    ...{ clientId: Number(client), status: 'submitted', ...fields },
    lineItems: [{ description: 'Work', unitPrice: amount }],
    payments: paid === 0 ? [] : [{ amount: paid }],
  });

/** A roadmap with items of these titles, statuses and last days. */
const roadmap = (owner: Row, ...items: [title: string, status: string, endDate: string | null][]) =>
  work.make('roadmaps', {
    ...{ name: 'Roadmap', ...owner },
    items: items.map(([title, status, endDate]) => ({ title, status, endDate })),
  });

describe('GET /api/portal/dashboard', () => {
  it('has exactly its parts, empty when there is nothing', async () => {
    const [, portal] = await newCompany();
    const answer = await dashboard(portal);
    expect(answer).toEqual({
      ...{ projects: [], taskCounts: {}, financial: NOTHING, recentActivity: [], milestones: [] },
      announcements: expect.any(Array),
    });
  });

  it('shows active projects and how far they are', async () => {
    const [company, portal] = await newCompany({ name: 'Company' });
    const manager = await work.staff('Ben');
    for (const status of ['planned', 'on_hold', 'completed', 'cancelled', 'archived'])
      await work.project(company, { status });
    const empty = await work.project(company, { name: 'Empty' });
    const id = await work.project(company, {
      ...{ name: 'Active', typeLabel: 'Web', deliveryManagerId: Number(manager) },
      ...{ startDate: '2026-01-05', endDate: '2026-06-30' },
    });
    for (const [statusValue, dueDate, isPrivate] of [
      ['done', null, false],
      ['todo', LONG_AGO, false],
      ['in_progress', null, false],
      ['todo', LONG_AGO, true],
    ])
      await work.make('tasks', { projectId: id, title: 'Task', statusValue, dueDate, isPrivate });
    const { projects, taskCounts } = await dashboard(portal);
    expect(projects).toEqual([
      {
        ...{ id, name: 'Active', status: 'active', company_id: company, company_name: 'Company', type_label: 'Web' },
        ...{ delivery_manager_name: 'Ben', start_date: '2026-01-05', end_date: '2026-06-30' },
        ...{ total_tasks: 3, completed_tasks: 1, progress_pct: 33 },
      },
      {
        ...{ id: empty, name: 'Empty', status: 'active', company_id: company, company_name: 'Company' },
        ...{ type_label: null, delivery_manager_name: null, start_date: null, end_date: null },
        ...{ total_tasks: 0, completed_tasks: 0, progress_pct: 0 },
      },
    ]);
    expect(taskCounts).toEqual({
      [id]: { total: 3, completed: 1, in_progress: 1, overdue: 1 },
      [empty]: { total: 0, completed: 0, in_progress: 0, overdue: 0 },
    });
  });

  it('is about the whole group when that is asked for, and else about the company', async () => {
    const [parent, portal] = await newCompany({ name: 'Parent' });
    const child = await work.client({ name: 'Child', parentClientId: parent });
    for (const [client, name] of [
      [parent, 'Of the parent'],
      [child, 'Of the child'],
    ] as const) {
      const projectId = await work.project(client, { name });
      await roadmap({ projectId }, [name, 'planned', FAR_OFF]);
      await invoice(client, 100);
    }
    const alone = await dashboard(portal);
    const grouped = await dashboard(portal.as({ group: child }));
    expect([namesOf(alone.projects), namesOf(grouped.projects)]).toEqual([
      ['Of the parent'],
      ['Of the child', 'Of the parent'],
    ]);
    expect(namesOf(grouped.projects, 'company_name')).toEqual(['Child', 'Parent']);
    expect([alone, grouped].map(({ financial }) => financial['total_invoiced'])).toEqual([100, 200]);
    expect([alone, grouped].map(({ milestones }) => milestones.length)).toEqual([1, 2]);
    expect(new Set(namesOf(alone.recentActivity, 'resource_name')).has('Of the child')).toBe(false);
    expect(new Set(namesOf(grouped.recentActivity, 'resource_name')).has('Of the child')).toBe(true);
    expect(Object.keys(grouped.taskCounts)).toHaveLength(2);
  });

  it('refuses a company outside of the group, and a parameter', async () => {
    const [[stranger], [, portal]] = [await newCompany(), await newCompany()];
    const refused = await portal.as({ group: stranger }).get('/dashboard');
    expectPortalRefusal(refused, 403, 'portal_company_outside_group');
    expectPortalRefusal(await portal.get('/dashboard?period=month'), 400, 'unknown_member');
  });
});

describe('financial', () => {
  it('sums what is invoiced, what of it is not paid, and what of that is overdue', async () => {
    const [company, portal] = await newCompany();
    await invoice(company, 1000.1, { dueDate: LONG_AGO, paid: 0.05 });
    await invoice(company, 200, { status: 'authorised', dueDate: FAR_OFF, paid: 50 });
    await invoice(company, 30, { status: 'authorised' });
    await invoice(company, 4, { status: 'paid', dueDate: LONG_AGO, paid: 4 });
    await invoice(company, 5, { status: 'paid', dueDate: LONG_AGO });
    const { financial } = await dashboard(portal);
    expect(financial).toEqual({
      ...{ total_invoiced: 1239.1, total_outstanding: 1180.05, total_overdue: 1000.05, currency: 'EUR' },
    });
  });

  it('counts neither drafts nor what is voided', async () => {
    const [company, portal] = await newCompany();
    for (const status of ['draft', 'voided']) await invoice(company, 100, { status, dueDate: LONG_AGO });
    expect((await dashboard(portal)).financial).toEqual(NOTHING);
  });

  it('owes nothing back for what was paid too much', async () => {
    const [company, portal] = await newCompany();
    await invoice(company, 100, { paid: 150, dueDate: LONG_AGO });
    await invoice(company, 10);
    const { financial } = await dashboard(portal);
    expect(financial).toMatchObject({ total_invoiced: 110, total_outstanding: 10, total_overdue: 0 });
  });

  it('is in the currency of the company, and leaves out what is in another', async () => {
    const [parent, portal] = await newCompany({ currency: 'JPY' });
    const child = await work.client({ parentClientId: parent, currency: 'USD' });
    await invoice(parent, 100);
    await invoice(parent, 7, { currency: 'USD' });
    await invoice(child, 20);
    const group = portal.as({ group: child });
    expect((await dashboard(group)).financial).toMatchObject({ total_invoiced: 100, currency: 'JPY' });
    const ofChild = work.portalOf(child, { group: parent });
    expect((await dashboard(ofChild)).financial).toMatchObject({ total_invoiced: 27, currency: 'USD' });
  });

  it('has amounts with two decimals', async () => {
    const [company, portal] = await newCompany();
    await invoice(company, 1250.5);
    const { text } = await portal.get('/dashboard');
    expect(text).toContain('"total_invoiced":1250.50,"total_outstanding":1250.50,"total_overdue":0.00,');
  });
});

describe('milestones', () => {
  it('are what is to come on roadmaps, the next first', async () => {
    const [company, portal] = await newCompany();
    const projectId = await work.project(company, { name: 'Project' });
    const id = await roadmap(
      { projectId },
      ...([
        ['Later', 'planned', '2999-02-01'],
        ['Sooner', 'in_progress', '2999-01-01'],
      ] as [string, string, string][]),
      ...([
        ['Reached', 'completed', FAR_OFF],
        ['Past', 'planned', LONG_AGO],
        ['Open', 'planned', null],
      ] as [string, string, string][]),
    );
    await roadmap({ clientId: Number(company) }, ['Of no project', 'planned', '2999-03-01']);
    const { milestones } = await dashboard(portal);
    expect(namesOf(milestones, 'title')).toEqual(['Sooner', 'Later', 'Of no project']);
    expect(milestones[0]).toEqual({
      ...{ id: expect.any(String), title: 'Sooner', project_id: projectId, project_name: 'Project', roadmap_id: id },
      ...{ start_date: null, due_date: '2999-01-01', status: 'in_progress' },
    });
    expect(milestones[2]).toMatchObject({ project_id: null, project_name: null });
  });

  it('are ten at most, and none of a project that is over', async () => {
    const [company, portal] = await newCompany();
    const over = await work.project(company, { status: 'cancelled' });
    await roadmap({ projectId: over }, ['Of a project that is over', 'planned', '2998-01-01']);
    const items = Array.from({ length: 12 }, (_, n): [string, string, string] => {
      return [String(n), 'planned', `2999-01-${String(12 - n).padStart(2, '0')}`];
    });
    await roadmap({ clientId: Number(company) }, ...items);
    const { milestones } = await dashboard(portal);
    expect(namesOf(milestones, 'title')).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
  });
});

describe('recentActivity and announcements', () => {
  it('are the newest ten and five, as their own routes show them', async () => {
    const [company, portal] = await newCompany();
    const projectId = await work.project(company);
    for (let n = 1; n <= 11; n++) await work.change('projects', projectId, { name: `Name ${n}` });
    for (let n = 1; n <= 6; n++) await work.make('announcements', { title: `News ${n}`, content: 'x' });
    const { recentActivity, announcements } = await dashboard(portal);
    const { history } = await shown<{ history: Row[] }>(portal, '/history');
    expect(history).toHaveLength(12);
    expect(recentActivity).toEqual(history.slice(0, 10));
    const all = await shown<{ announcements: Row[] }>(portal, '/announcements');
    expect(announcements).toEqual(all.announcements.slice(0, 5));
    expect(namesOf(announcements, 'title')[0]).toBe('News 6');
  });
});
