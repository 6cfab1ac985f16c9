import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;

const UNKNOWN = '01989a3e-5f00-7000-8000-000000000001';

let server: Portico;
let work: PortalWork;
let other: PortalWork;
let company: string;
let sister: string;
let ann: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  [work, other] = [await PortalWork.of(server), await PortalWork.ofAnotherFirm(server)];
  [company, ann] = [await work.client({ name: 'Company' }), await work.staff('Ann')];
  sister = await work.client({ parentClientId: company });
  portal = work.portalOf(company, { role: 'viewer' });
});
afterAll(() => server.dispose());

const tasksOf = async (id: string, query = '') =>
  (await shown<{ tasks: Row[] }>(portal, `/projects/${id}/tasks${query}`)).tasks;
const titlesOf = async (id: string, query = '') => (await tasksOf(id, query)).map(({ title }) => title);
const decisionsOf = async (id: string, query = '') =>
  (await shown<{ decisions: Row[] }>(portal, `/projects/${id}/decisions${query}`)).decisions;

describe('GET /api/portal/projects/:id/tasks', () => {
  it('shows every field, and what there is not as null', async () => {
    const projectId = await work.project(company);
    const roadmap = await work.make('roadmaps', { projectId, name: 'R', items: [{ title: 'Item' }] });
    const { items } = await work.office.read<{ items: { id: string }[] }>(`/roadmaps/${roadmap}`);
    const full = await work.make('tasks', {
      ...{ projectId, title: 'Full', description: 'About it', statusValue: 'in_progress', statusLabel: 'In progress' },
      ...{ statusColor: '#2563eb', priorityValue: 'high', priorityLabel: 'High', priorityColor: '#dc2626' },
      ...{ typeValue: 'design', typeLabel: 'Design', assigneeId: Number(ann), roadmapItemId: items[0]?.id },
      ...{ startDate: '2026-02-02', dueDate: '2026-02-13', estimatedHours: 12.5, internalHours: 3, sortOrder: 1 },
    });
    const bare = await work.make('tasks', { projectId, title: 'Bare', parentTaskId: full, sortOrder: 2 });
    const at = { created_at: expect.stringMatching(INSTANT), updated_at: expect.stringMatching(INSTANT) };
    expect(await tasksOf(projectId)).toEqual([
      {
        ...{ id: full, title: 'Full', description: 'About it', status_id: 'in_progress', status_label: 'In progress' },
        ...{ status_value: 'in_progress', status_color: '#2563eb', priority_id: 'high', priority_label: 'High' },
        ...{ priority_value: 'high', priority_color: '#dc2626', type_id: 'design', type_label: 'Design' },
        ...{ type_value: 'design', assignee_id: ann, assignee_name: 'Ann', assignee_picture: null },
        ...{ parent_task_id: null, roadmap_item_id: items[0]?.id, start_date: '2026-02-02', due_date: '2026-02-13' },
        ...{ estimated_hours: 12.5, sort_order: 1, ...at },
      },
      {
        ...{ id: bare, title: 'Bare', description: null, status_id: 'todo', status_label: null, status_value: 'todo' },
        ...{ status_color: null, priority_id: null, priority_label: null, priority_value: null, priority_color: null },
        ...{ type_id: null, type_label: null, type_value: null, assignee_id: null, assignee_name: null },
        ...{ assignee_picture: null, parent_task_id: full, roadmap_item_id: null, start_date: null, due_date: null },
        ...{ estimated_hours: null, sort_order: 2, ...at },
      },
    ]);
  });

  it('never shows private tasks, nor that a task is a part of one', async () => {
    const projectId = await work.project(company);
    const secret = await work.make('tasks', { projectId, title: 'Secret', isPrivate: true });
    await work.make('tasks', { projectId, title: 'Part', parentTaskId: secret });
    const tasks = await tasksOf(projectId);
    expect(tasks).toEqual([expect.objectContaining({ title: 'Part', parent_task_id: null })]);
    expect(JSON.stringify(tasks)).not.toContain(secret);
  });

  it('shows cancelled ones, and none of another project', async () => {
    const [projectId, another] = [await work.project(company), await work.project(company)];
    await work.make('tasks', { projectId, title: 'Cancelled', statusValue: 'cancelled' });
    await work.make('tasks', { projectId: another, title: 'Elsewhere' });
    expect(await titlesOf(projectId)).toEqual(['Cancelled']);
  });

  it('has them in the order that the firm gave them, then as they came, and in parts when that is asked for', async () => {
    const projectId = await work.project(company);
    for (const [title, sortOrder] of [
      ['third', null],
      ['second', 2],
      ['first', 1],
      ['fourth', null],
    ])
      await work.make('tasks', { projectId, title, sortOrder });
    expect(await titlesOf(projectId)).toEqual(['first', 'second', 'third', 'fourth']);
    expect(await titlesOf(projectId, '?limit=2&offset=1')).toEqual(['second', 'third']);
    expect(await titlesOf(projectId, '?offset=4')).toEqual([]);
    expectPortalRefusal(await portal.get(`/projects/${projectId}/tasks?limit=0`), 400, 'invalid_value');
  });
});

describe('GET /api/portal/projects/:id/roadmap', () => {
  const roadmapOf = (id: string) => shown<{ roadmap: Row | null; items: Row[] }>(portal, `/projects/${id}/roadmap`);

  it('is null without one', async () => {
    expect(await roadmapOf(await work.project(company))).toEqual({ roadmap: null, items: [] });
  });

  it('shows the newest with its items by position', async () => {
    const projectId = await work.project(company, { goals: [{ title: 'Goal' }] });
    const { goals } = await work.office.read<{ goals: { id: string }[] }>(`/projects/${projectId}`);
    const goalId = goals[0]?.id;
    await work.make('roadmaps', { projectId, name: 'Old', items: [{ title: 'Old item' }] });
    const id = await work.make('roadmaps', {
      ...{ projectId, name: 'New', description: 'About it', startDate: '2026-01-01', endDate: '2026-12-31' },
      items: [
        { title: 'Later', position: 2 },
        {
          ...{ title: 'Sooner', position: 1, description: 'All countries', goalId, status: 'in_progress' },
          ...{ startDate: '2026-04-01', endDate: '2026-04-30', color: '#2563eb' },
        },
      ],
    });
    await work.make('roadmaps', { clientId: Number(company), name: 'Of no project' });
    const { roadmap, items } = await roadmapOf(projectId);
    expect(roadmap).toEqual({
      ...{ id, name: 'New', description: 'About it', project_id: projectId, start_date: '2026-01-01' },
      ...{ end_date: '2026-12-31', item_count: 2 },
      ...{ created_at: expect.stringMatching(INSTANT), updated_at: expect.stringMatching(INSTANT) },
    });
    expect(items).toEqual([
      {
        ...{ id: expect.any(String), roadmap_id: id, title: 'Sooner', description: 'All countries', goal_id: goalId },
        ...{ goal_title: 'Goal', status: 'in_progress', start_date: '2026-04-01', end_date: '2026-04-30' },
        ...{ position: 1, color: '#2563eb' },
      },
      {
        ...{ id: expect.any(String), roadmap_id: id, title: 'Later', description: null, goal_id: null },
        ...{ goal_title: null, status: 'planned', start_date: null, end_date: null, position: 2, color: null },
      },
    ]);
  });
});

describe('GET /api/portal/projects/:id/decisions', () => {
  it('shows all of them, agreed and pending, the newest first, with who decided', async () => {
    const projectId = await work.project(company);
    const decidedAt = '2026-03-01T10:00:00Z';
    const agreed = await work.make('project-decisions', {
      ...{ projectId, title: 'Agreed', context: 'Why', status: 'agreed', decidedBy: Number(ann), decidedAt },
    });
    await work.make('project-decisions', { projectId, title: 'By name', decidedByName: 'The board' });
    for (let n = 1; n <= 10; n++) await work.make('project-decisions', { projectId, title: `Pending ${n}` });
    const decisions = await decisionsOf(projectId);
    expect(decisions).toHaveLength(12);
    expect(decisions[11]).toEqual({
      ...{ id: agreed, project_id: projectId, title: 'Agreed', context: 'Why', status: 'agreed', decided_by: ann },
      ...{ decided_by_name: 'Ann', decided_at: decidedAt, created_at: expect.stringMatching(INSTANT) },
    });
    expect(decisions[10]).toMatchObject({ decided_by: null, decided_by_name: 'The board', context: null });
    expect(decisions[0]).toMatchObject({ title: 'Pending 10', status: 'pending', decided_at: null });
    expect((await decisionsOf(projectId, '?limit=1&offset=1')).map(({ title }) => title)).toEqual(['Pending 9']);
  });

  it('is empty without any', async () => {
    expect(await decisionsOf(await work.project(company))).toEqual([]);
  });
});

describe.each(['', '/tasks', '/roadmap', '/decisions'])('GET /api/portal/projects/:id%s', (part) => {
  const path = (id: string) => `/projects/${id}${part}`;

  it('does not find another company’s project unless the group is asked about', async () => {
    const id = await work.project(sister);
    expectPortalRefusal(await portal.get(path(id)), 404, 'project_not_found');
    expect((await portal.as({ group: sister }).get(path(id))).status).toBe(200);
  });

  it.each([UNKNOWN, 'abc', '1', `${UNKNOWN}0`])('does not find %s', async (id) => {
    expectPortalRefusal(await portal.get(path(id)), 404, 'project_not_found');
  });

  it('does not find another firm’s, nor one that was removed', async () => {
    expectPortalRefusal(await portal.get(path(await other.project(await other.client()))), 404, 'project_not_found');
    const id = await work.project(company);
    await work.remove('projects', id);
    expectPortalRefusal(await portal.get(path(id)), 404, 'project_not_found');
  });

  it('refuses a parameter that it does not know', async () => {
    expectPortalRefusal(await portal.get(`${path(UNKNOWN)}?include=x`), 400, 'unknown_member');
  });
});
