import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Projects {
  readonly projects: readonly Row[];
  readonly taskCounts: Readonly<Record<string, Row>>;
}

const LONG_AGO = '2020-01-31';
const FAR_OFF = '2999-12-31';

let server: Portico;
let work: PortalWork;
let other: PortalWork;
let parent: string;
let company: string;
let sister: string;
let ann: string;
let ben: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  [work, other] = [await PortalWork.of(server), await PortalWork.ofAnotherFirm(server)];
  parent = await work.client({ name: 'Parent' });
  company = await work.client({ name: 'Company', parentClientId: parent });
  sister = await work.client({ name: 'Sister', parentClientId: parent });
  [ann, ben] = [await work.staff('Ann'), await work.staff('Ben')];
  portal = work.portalOf(company, { role: 'viewer' });
});
afterAll(() => server.dispose());

const list = (query = '', of = portal) => shown<Projects>(of, `/projects${query}`);
const namesOf = async (query = '', of = portal) => (await list(query, of)).projects.map(({ name }) => name);
const read = (id: string, of = portal) => shown<Record<string, Row & readonly Row[]>>(of, `/projects/${id}`);
const task = (projectId: string, fields: Row = {}) => work.make('tasks', { title: 'Task', projectId, ...fields });

/** A client for whom there is nothing yet, and its portal. */
async function newCompany(): Promise<[string, PortalApi]> {
  const id = await work.client();
  return [id, work.portalOf(id)];
}

describe('GET /api/portal/projects', () => {
  it('lists the projects of the company, the newest first, with every field', async () => {
    const [id, its] = await newCompany();
    await work.project(id, { name: 'Old' });
    const members = [{ userId: Number(ann), role: 'designer' }];
    const project = await work.project(id, {
      ...{ name: 'New', description: 'About it', typeValue: 'web', typeLabel: 'Web', squad: 'Blue', members },
      ...{ ownerId: Number(ann), deliveryManagerId: Number(ben), startDate: '2026-01-05', endDate: '2026-06-30' },
    });
    await task(project);
    const { projects } = await list('', its);
    expect(projects.map(({ name }) => name)).toEqual(['New', 'Old']);
    expect(projects[0]).toEqual({
      ...{ id: project, name: 'New', description: 'About it', status: 'active', company_id: id },
      ...{ company_name: 'Client', type_id: 'web', type_label: 'Web', type_value: 'web', owner_id: ann },
      ...{ owner_name: 'Ann', delivery_manager_id: ben, delivery_manager_name: 'Ben', squad: 'Blue' },
      ...{ start_date: '2026-01-05', end_date: '2026-06-30', member_count: 1, task_count: 1 },
      ...{ created_at: expect.stringMatching(INSTANT), updated_at: expect.stringMatching(INSTANT) },
    });
    expect(projects[1]).toMatchObject({
      ...{ description: null, type_id: null, type_label: null, type_value: null, owner_id: null, owner_name: null },
      ...{ delivery_manager_id: null, delivery_manager_name: null, squad: null, start_date: null, end_date: null },
      ...{ member_count: 0, task_count: 0 },
    });
  });

  it('is of the company alone, whatever the group', async () => {
    await work.project(company, { name: 'Own' });
    await work.project(sister, { name: 'Of the sister' });
    expect(await namesOf('', portal.as({ group: `${parent},${sister}` }))).toEqual(['Own']);
  });

  it('never shows another firm’s', async () => {
    const foreign = await other.client();
    await other.project(foreign, { name: 'Foreign' });
    expectPortalRefusal(await portal.as({ company: foreign }).get('/projects'), 403, 'portal_company_unknown');
    expect(await namesOf('', other.portalOf(foreign))).toEqual(['Foreign']);
  });

  it('filters by one status or several', async () => {
    const [id, its] = await newCompany();
    for (const status of ['planned', 'active', 'on_hold', 'completed', 'cancelled', 'archived'])
      await work.project(id, { name: status, status });
    expect(await namesOf('?status=active', its)).toEqual(['active']);
    expect(await namesOf('?status=active,completed', its)).toEqual(['completed', 'active']);
    expect(await namesOf('?status=planned,%20archived', its)).toEqual(['archived', 'planned']);
    expect(await namesOf('', its)).toHaveLength(6);
    const { taskCounts } = await list('?status=on_hold', its);
    expect(Object.keys(taskCounts)).toHaveLength(1);
  });

  it.each([
    'status=open',
    'status=',
    'status=active,',
    'status=ACTIVE',
    'limit=0',
    'limit=1001',
    'limit=x',
    'offset=-1',
  ])('refuses %s', async (query) => expectPortalRefusal(await portal.get(`/projects?${query}`), 400, 'invalid_value'));

  it('refuses what it does not know', async () => {
    expectPortalRefusal(await portal.get('/projects?include=tasks'), 400, 'unknown_member');
  });

  it('is sent in parts when that is asked for', async () => {
    const [id, its] = await newCompany();
    for (const name of ['1', '2', '3']) await work.project(id, { name });
    expect(await namesOf('?limit=2', its)).toEqual(['3', '2']);
    expect(await namesOf('?limit=2&offset=2', its)).toEqual(['1']);
    expect(await list('?offset=3', its)).toEqual({ projects: [], taskCounts: {} });
  });
});

describe('taskCounts', () => {
  it('count what the client sees of each project, by its id', async () => {
    const [id, its] = await newCompany();
    const [busy, idle] = [await work.project(id), await work.project(id)];
    for (const [statusValue, dueDate] of [
      ...([
        ['todo', null],
        ['todo', LONG_AGO],
        ['open', FAR_OFF],
      ] as const),
      ...([
        ['in_progress', null],
        ['in_review', LONG_AGO],
      ] as const),
      ...([
        ['done', LONG_AGO],
        ['completed', null],
        ['closed', FAR_OFF],
        ['Done', LONG_AGO],
      ] as const),
    ])
      await task(busy, { statusValue, dueDate });
    await task(busy, { isPrivate: true, statusValue: 'todo', dueDate: LONG_AGO });
    await task(busy, { statusValue: 'cancelled', dueDate: LONG_AGO });
    const { projects, taskCounts } = await list('', its);
    expect(taskCounts).toEqual({
      [busy]: { total: 9, completed: 4, in_progress: 2, overdue: 2 },
      [idle]: { total: 0, completed: 0, in_progress: 0, overdue: 0 },
    });
    expect(projects.map(({ id: one, task_count }) => [one, task_count])).toEqual([
      [idle, 0],
      [busy, 9],
    ]);
  });
});

describe('GET /api/portal/projects/:id', () => {
  it('shows the project with its goals, members, the newest summary and decisions', async () => {
    const policy = await work.make('sla-policies', {
      name: 'Fast',
      rules: [
        { priorityValue: 'high', responseHours: 1, resolutionHours: 2 },
        { priorityValue: 'medium', responseHours: 4.5, resolutionHours: 24 },
      ],
    });
    const id = await work.project(company, {
      ...{ name: 'Whole', slaPolicyId: policy, ownerId: Number(ann) },
      members: [
        { userId: Number(ben), role: 'developer' },
        { userId: Number(ann), role: 'designer' },
      ],
      goals: [
        { title: 'Second', position: 2 },
        { title: 'First', position: 1, description: 'Why', targetDate: '2026-06-30', status: 'achieved' },
      ],
    });
    for (const [summary, generatedAt] of [
      ['New', '2026-03-02T08:00:00Z'],
      ['Old', '2026-03-01T08:00:00Z'],
    ])
      await work.make('project-summaries', { projectId: id, summary, generatedAt, model: 'by hand' });
    await work.make('project-decisions', { projectId: id, title: 'Decided', decidedBy: Number(ann) });
    const { project, goals, members, aiSummary, decisions } = await read(id);
    expect(project).toMatchObject({
      ...{ id, name: 'Whole', company_id: company, company_name: 'Company', member_count: 2, owner_picture: null },
      ...{ sla_policy_id: policy, sla_policy_name: 'Fast', sla_response_hours: 4.5, sla_resolution_hours: 24 },
    });
    expect(goals).toEqual([
      {
        ...{ id: expect.any(String), project_id: id, title: 'First', description: 'Why', target_date: '2026-06-30' },
        ...{ status: 'achieved', position: 1, created_at: expect.stringMatching(INSTANT) },
      },
      expect.objectContaining({ title: 'Second', description: null, target_date: null, status: 'not_started' }),
    ]);
    expect(members).toEqual([
      { user_id: ann, name: 'Ann', picture: null, job_title: null, role: 'designer' },
      { user_id: ben, name: 'Ben', picture: null, job_title: null, role: 'developer' },
    ]);
    const summary = { id: expect.any(String), project_id: id, summary: 'New', model: 'by hand' };
    expect(aiSummary).toEqual({ ...summary, generated_at: '2026-03-02T08:00:00Z' });
    expect(decisions).toEqual([expect.objectContaining({ title: 'Decided', decided_by_name: 'Ann' })]);
  });

  it('has the fields of the list and some more, and nothing of what there is not', async () => {
    const [id, its] = await newCompany();
    const projectId = await work.project(id);
    const { project, ...others } = await read(projectId, its);
    const more = ['owner_picture', 'sla_policy_id', 'sla_policy_name', 'sla_response_hours', 'sla_resolution_hours'];
    const [listed] = (await list('', its)).projects;
    expect(Object.keys(project ?? {})).toEqual([...Object.keys(listed ?? {}), ...more]);
    expect(more.map((name) => project?.[name])).toEqual([null, null, null, null, null]);
    expect(others).toEqual({ goals: [], members: [], aiSummary: null, decisions: [] });
  });

  it('shows the ten newest decisions', async () => {
    const id = await work.project(company);
    for (let n = 1; n <= 11; n++) await work.make('project-decisions', { projectId: id, title: String(n) });
    const { decisions = [] } = await read(id);
    expect(decisions.map(({ title }) => title)).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
  });

  it('finds it by its id in any case', async () => {
    const id = await work.project(company);
    expect((await read(id.toUpperCase())).project).toMatchObject({ id });
    expect(await shown(portal, `/projects/${id.toUpperCase()}/roadmap`)).toEqual({ roadmap: null, items: [] });
  });
});
