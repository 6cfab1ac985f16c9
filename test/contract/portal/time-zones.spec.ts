import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

interface Dashboard {
  readonly projects: readonly { readonly start_date: string; readonly end_date: string }[];
  readonly taskCounts: Readonly<Record<string, { readonly overdue: number }>>;
  readonly financial: { readonly total_overdue: number };
  readonly milestones: readonly { readonly due_date: string }[];
}

/** Where a day is already over that is today elsewhere: between the two lie 26 hours. */
const EAST = 'Pacific/Kiritimati';
const WEST = 'Etc/GMT+12';
const today = () => new Intl.DateTimeFormat('sv', { timeZone: WEST }).format(new Date());

describe.each(['Pacific/Auckland', 'America/Los_Angeles'])('On a server in %s', (TZ) => {
  let server: PorticoServer;
  let work: PortalWork;

  beforeAll(async () => {
    server = await PorticoServer.start({ env: { TZ } });
    work = await PortalWork.of(server);
  });
  afterAll(() => server.dispose());

  /** The portal of a client there, whose work is due on `day`. */
  async function portalWith(timeZone: string, day: string): Promise<PortalApi> {
    const client = await work.client({ timeZone });
    const projectId = await work.project(client, { startDate: day, endDate: day });
    await work.make('tasks', { projectId, title: 'Task', dueDate: day });
    await work.make('roadmaps', { projectId, name: 'Roadmap', items: [{ title: 'Item', endDate: day }] });
    const lineItems = [{ description: 'Work', unitPrice: 100 }];
    await work.make('invoices', { clientId: Number(client), status: 'submitted', dueDate: day, lineItems });
    return work.portalOf(client);
  }

  /** What is overdue in each place of what is due on the day that it is in the west, and what is to come. */
  async function lookAtBoth(): Promise<unknown> {
    const day = today();
    const seen = [];
    for (const zone of [EAST, WEST]) {
      const { projects, taskCounts, financial, milestones } = await shown<Dashboard>(
        await portalWith(zone, day),
        '/dashboard',
      );
      expect(projects.map(({ start_date, end_date }) => [start_date, end_date])).toEqual([[day, day]]);
      const tasks = Object.values(taskCounts).map(({ overdue }) => overdue);
      seen.push([tasks, financial.total_overdue, milestones.map(({ due_date }) => due_date === day)]);
    }
    return today() === day ? seen : lookAtBoth(); // midnight has passed meanwhile
  }

  it('it is the day that it is for each company', async () => {
    expect(await lookAtBoth()).toEqual([
      [[1], 100, []],
      [[0], 0, [true]],
    ]);
  });

  it('days are those that were sent', async () => {
    const client = await work.client();
    for (const day of ['2026-03-29', '2026-04-05', '2024-02-29', '0001-01-01', '9999-12-31']) {
      const id = await work.project(client, { startDate: day, endDate: day, goals: [{ title: 'G', targetDate: day }] });
      await work.make('tasks', { projectId: id, title: 'Task', startDate: day, dueDate: day });
      const portal = work.portalOf(client);
      const { project, goals } = await shown<{ project: object; goals: object[] }>(portal, `/projects/${id}`);
      const { tasks } = await shown<{ tasks: object[] }>(portal, `/projects/${id}/tasks`);
      expect(project).toMatchObject({ start_date: day, end_date: day });
      expect([goals, tasks]).toMatchObject([[{ target_date: day }], [{ start_date: day, due_date: day }]]);
    }
  });
});
