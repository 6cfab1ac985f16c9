import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, FirmId, UserId } from '@portico/domain/kernel';
import { FixedClock } from '@portico/testing';
import { PrincipalQueries } from '../../src/identity/principal-queries.js';
import { SqlCompanyDays } from '../../src/portal/access/sql-company-days.js';
import { SqlCompanyQueries } from '../../src/portal/access/sql-company-queries.js';
import { SqlPortalAnnouncementQueries } from '../../src/portal/announcements/sql-portal-announcement-queries.js';
import { SqlDashboardQueries } from '../../src/portal/dashboard/sql-dashboard-queries.js';
import { SqlPortalHistoryQueries } from '../../src/portal/history/sql-portal-history-queries.js';
import { SqlPortalProjectQueries } from '../../src/portal/projects/sql-portal-project-queries.js';
import { SqlTeamQueries } from '../../src/portal/team/sql-team-queries.js';
import { aClientRow } from '../support/portal-rows.js';
import { PortalWorkRows } from '../support/portal-work-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const UNKNOWN = '01989a3e-5f00-7000-8000-000000000001';
const WINDOW = { limit: 1000, offset: 0 };
/** The second day of the year in UTC; in Honolulu still the first. */
const NOW = new Date('2026-01-02T03:04:05.678Z');

let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let rows: PortalWorkRows;
let days: SqlCompanyDays;
let dashboard: SqlDashboardQueries;
let projects: SqlPortalProjectQueries;
let history: SqlPortalHistoryQueries;
let team: SqlTeamQueries;
let announcements: SqlPortalAnnouncementQueries;
let sent: SentStatements;

beforeAll(async () => {
  test = await testDatabase();
  const { database } = test;
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(database));
  rows = new PortalWorkRows(database, firmId);
  days = new SqlCompanyDays(database, new FixedClock(NOW));
  dashboard = new SqlDashboardQueries(database, days);
  projects = new SqlPortalProjectQueries(database, days);
  history = new SqlPortalHistoryQueries(database);
  team = new SqlTeamQueries(database);
  announcements = new SqlPortalAnnouncementQueries(database);
  sent = await SentStatements.of(database);
}, 60_000);
afterAll(() => test.dispose());

/** How many statements `work` takes. */
const statementsOf = (work: () => Promise<unknown>): Promise<number> => sent.during(work);

async function company(timeZone = 'UTC', firm = firmId): Promise<ClientId> {
  const id = await aClientRow(test.database, firm);
  await rows.execute('update clients set time_zone = ? where id = ?', [timeZone, id]);
  return id;
}

/** Everything that is read of a company, and of one project of it. */
const reads = (firm: FirmId, id: ClientId, project: string): Record<string, () => Promise<unknown>> => ({
  days: () => days.of(firm, [id]),
  dashboard: () => dashboard.overview(firm, id, [id]),
  list: () => projects.list(firm, [id], null, WINDOW),
  find: () => projects.find(firm, [id], project),
  tasks: () => projects.tasks(firm, [id], project, WINDOW),
  roadmap: () => projects.roadmap(firm, [id], project),
  decisions: () => projects.decisions(firm, [id], project, WINDOW),
  history: () => history.latest(firm, [id], 50),
  team: () => team.find(firm, [id]),
  announcements: () => announcements.latest(firm, 20),
});

/** A company that has `count` of everything; answers it and one of its projects. */
async function filled(count: number): Promise<[ClientId, string]> {
  const id = await company();
  const project = await rows.project(id, { owner_id: createdBy, delivery_manager_id: createdBy });
  const roadmap = await rows.add('roadmaps', id, { name: 'Roadmap', project_id: project });
  for (let n = 0; n < count; n++) {
    const another = await rows.project(id);
    await rows.task(id, project);
    await rows.invoice(id, { invoice_number: `INV-${n}` });
    await rows.add('project_members', id, { project_id: another, user_id: createdBy, role: 'member' });
    await rows.add('project_goals', id, { project_id: project, title: 'Goal', status: 'missed', position: n });
    await rows.add('project_decisions', id, { project_id: project, title: 'Decision', status: 'pending' });
    const item = { roadmap_id: roadmap, title: 'Item', status: 'planned', end_date: '2026-06-30', position: n };
    await rows.add('roadmap_items', id, item);
    const about = { action: 'project.created', subject_type: 'project', subject_id: project };
    await rows.entry(id, { ...about, user_id: createdBy, details: { name: { from: null, to: 'Project' } } });
    await rows.insert('announcements', { title: 'News', content: 'x', category: 'company' });
  }
  return [id, project];
}

describe('The reads of the portal about work', () => {
  it('take as many statements for much as for little', async () => {
    const counts = [];
    for (const count of [1, 12]) {
      const asked = Object.entries(reads(firmId, ...(await filled(count))));
      const taken: Record<string, number> = {};
      for (const [name, read] of asked) taken[name] = await statementsOf(read);
      counts.push(taken);
    }
    expect(counts[0]).toEqual({
      ...{ days: 1, dashboard: 3, list: 2, find: 2, tasks: 1, roadmap: 1, decisions: 1 },
      ...{ history: 1, team: 1, announcements: 1 },
    });
    expect(counts[1]).toEqual(counts[0]);
  });

  it('make a dashboard of eight statements, with those that let a worker in whose token is new', async () => {
    const [id] = await filled(1);
    const [principals, companies] = [new PrincipalQueries(test.database), new SqlCompanyQueries(test.database)];
    const token = Buffer.alloc(32);
    const taken = await statementsOf(async () => {
      await principals.findByAccessToken(token);
      await principals.findByPortalToken(token);
      await companies.standing(firmId, { companyId: id, contactId: null, role: 'viewer', groupIds: [id] });
      await dashboard.overview(firmId, id, [id]);
      await history.latest(firmId, [id], 10);
      await announcements.latest(firmId, 5);
    });
    expect(taken).toBe(8);
  });

  it('never show another firm’s row, nor another company’s', async () => {
    const [id, project] = await filled(1);
    const [stranger, foreign] = [await company(), await company('UTC', otherFirm)];
    for (const [firm, whose] of [
      [otherFirm, id],
      [firmId, stranger],
      [otherFirm, foreign],
    ] as const) {
      expect(await projects.list(firm, [whose], null, WINDOW)).toEqual([]);
      const parts = reads(firm, whose, project);
      for (const name of ['find', 'tasks', 'roadmap', 'decisions']) expect(await parts[name]?.()).toBeNull();
      expect(await history.latest(firm, [whose], 50)).toEqual([]);
      expect(await team.find(firm, [whose])).toEqual({ members: [], leads: [] });
    }
    expect(await days.of(otherFirm, [id])).toEqual([]);
    expect(await announcements.latest(otherFirm, 20)).toEqual([]);
    await expect(dashboard.overview(otherFirm, id, [id])).rejects.toThrow('not found');
    const nothing = { totalInvoiced: '0.00', totalOutstanding: '0.00', totalOverdue: '0.00', currency: 'USD' };
    const strange = await dashboard.overview(firmId, stranger, [stranger]);
    expect(strange).toEqual({ projects: [], financial: nothing, milestones: [] });
    expect(await projects.find(firmId, [id], UNKNOWN)).toBeNull();
  });
});

describe('Today', () => {
  it('is the day of the calendar where the company is', async () => {
    const [utc, west, east] = [await company(), await company('Pacific/Honolulu'), await company('Pacific/Kiritimati')];
    const of = async (id: ClientId) => (await days.of(firmId, [id])).map(({ today }) => today);
    expect([await of(utc), await of(west), await of(east)]).toEqual([['2026-01-02'], ['2026-01-01'], ['2026-01-02']]);
    expect(await days.of(firmId, [east, utc])).toHaveLength(2);
  });

  it('decides for each company of a group what is overdue and what is to come', async () => {
    const [utc, west] = [await company(), await company('Pacific/Honolulu')];
    for (const id of [utc, west]) {
      const project = await rows.project(id);
      for (const due_date of ['2025-12-31', '2026-01-01', '2026-01-02']) {
        await rows.task(id, project, { due_date });
        await rows.invoice(id, { due_date, invoice_number: due_date });
        const roadmap = await rows.add('roadmaps', id, { name: 'Roadmap' });
        const item = { roadmap_id: roadmap, title: 'Item', status: 'planned', end_date: due_date, position: 0 };
        await rows.add('roadmap_items', id, item);
      }
    }
    const { projects: active, financial, milestones } = await dashboard.overview(firmId, utc, [utc, west]);
    const overdue = new Map(active.map(({ companyId, tasks }) => [companyId, tasks.overdue]));
    expect([overdue.get(utc), overdue.get(west)]).toEqual([2, 1]);
    expect(financial).toMatchObject({ totalOutstanding: '600.00', totalOverdue: '300.00' });
    expect(milestones.map(({ dueDate }) => dueDate)).toEqual(['2026-01-01', '2026-01-02', '2026-01-02']);
  });
});

it('A group is of those companies that were asked about', async () => {
  const [one, two, third] = [await filled(1), await filled(1), await filled(1)];
  const [ids, named] = [
    [one[0], two[0]],
    [one[1], two[1]],
  ];
  const listed = await projects.list(firmId, ids, ['active'], WINDOW);
  expect(new Set(listed.map(({ companyId }) => companyId))).toEqual(new Set(ids));
  for (const id of named) expect((await projects.find(firmId, ids, id))?.project.id).toBe(id);
  expect(await projects.find(firmId, ids, third[1])).toBeNull();
  expect(await projects.tasks(firmId, ids, third[1], WINDOW)).toBeNull();
  const { members } = await team.find(firmId, ids);
  expect(members.map((person) => person.projects.length)).toEqual([2]);
});
