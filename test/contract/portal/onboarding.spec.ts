import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { expectStatus, INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi, PortalWorld } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Milestone {
  readonly title: string;
  readonly completed: boolean;
  readonly source: string | null;
}
interface Onboarding {
  readonly template: Row | null;
  readonly stages: { readonly milestones: Milestone[] }[];
  readonly total_milestones: number;
  readonly completed_milestones: number;
  readonly completion_percentage: number;
  readonly current_stage_type: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

const NOTHING = {
  ...{ template: null, stages: [], total_milestones: 0, completed_milestones: 0, completion_percentage: 0 },
  ...{ current_stage_type: null, started_at: null, completed_at: null },
};
const TRIGGERS = ['project_created', 'invoice_issued', 'questionnaire_completed', 'file_acknowledged'];

let server: Portico;
let work: PortalWork;

/** A firm of its own for each test: the default template is the firm's. */
beforeEach(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterEach(() => server.dispose());

async function newCompany(): Promise<[string, PortalApi]> {
  const id = await work.client();
  return [id, work.portalOf(id, { role: 'viewer' })];
}
const onboarding = (portal: PortalApi) => shown<Onboarding>(portal, '/onboarding');
const template = (stages: Row[], fields: Row = {}) =>
  work.make('onboarding-templates', { name: 'New client', isDefault: true, stages, ...fields });
/** The ids of the milestones of a template, in their order. */
async function milestonesOf(id: string): Promise<string[]> {
  const { stages } = await work.office.read<{ stages: { milestones: { id: string }[] }[] }>(
    `/onboarding-templates/${id}`,
  );
  return stages.flatMap(({ milestones }) => milestones.map((one) => one.id));
}
const reached = async (portal: PortalApi) =>
  (await onboarding(portal)).stages.flatMap(({ milestones }) =>
    milestones.flatMap(({ title, completed, source }) => (completed ? [`${title} ${source}`] : [])),
  );

describe('GET /api/portal/onboarding', () => {
  it('is nothing without a template', async () => {
    const [, portal] = await newCompany();
    const answer = await portal.get('/onboarding');
    expectStatus(answer, 200);
    expect(answer.body).toEqual(NOTHING);
    await template([], { isDefault: false });
    expect(await onboarding(portal)).toEqual(NOTHING);
  });

  it('tells template, stages, milestones and how far the client is', async () => {
    const id = await template(
      [
        { name: 'Kick-off', description: 'Week one', stageType: 'kickoff', milestones: [{ title: 'Contract' }] },
        {
          name: 'Set-up',
          stageType: 'setup',
          milestones: [{ title: 'Access', description: 'To all' }, { title: 'Data' }],
        },
      ],
      { description: 'Six weeks' },
    );
    const [company, portal] = await newCompany();
    const [contract] = await milestonesOf(id);
    const by = await work.staff('Ann Miller');
    const since = { completed: true, completedAt: '2026-01-12T10:00:00Z', completedBy: Number(by), notes: 'secret' };
    await work.make('onboarding-progress', { clientId: Number(company), milestoneId: contract, ...since });
    const answer = await portal.get('/onboarding');
    const open = {
      id: expect.any(String),
      completed: false,
      completed_at: null,
      completed_by_name: null,
      source: null,
    };
    expect(answer.body).toEqual({
      template: { id, name: 'New client', description: 'Six weeks' },
      stages: [
        {
          ...{ id: expect.any(String), name: 'Kick-off', description: 'Week one', stage_type: 'kickoff', position: 0 },
          ...{ completed_count: 1, total_count: 1 },
          milestones: [
            {
              ...{ id: contract, title: 'Contract', description: null, position: 0, completed: true },
              ...{ completed_at: '2026-01-12T10:00:00Z', completed_by_name: 'Ann Miller', source: 'manual' },
            },
          ],
        },
        {
          ...{ id: expect.any(String), name: 'Set-up', description: null, stage_type: 'setup', position: 1 },
          ...{ completed_count: 0, total_count: 2 },
          milestones: [
            { ...open, title: 'Access', description: 'To all', position: 0 },
            { ...open, title: 'Data', description: null, position: 1 },
          ],
        },
      ],
      ...{ total_milestones: 3, completed_milestones: 1, completion_percentage: 33, current_stage_type: 'setup' },
      ...{ started_at: '2026-01-12T10:00:00Z', completed_at: null },
    });
    expect(answer.text).not.toContain('secret');
  });

  it('is over when the last milestone is completed', async () => {
    const id = await template([{ name: 'Only', milestones: [{ title: 'One' }, { title: 'Two' }] }]);
    const [company, portal] = await newCompany();
    const days = ['2026-02-16T09:00:00Z', '2026-01-12T10:00:00Z'];
    for (const [at, milestoneId] of (await milestonesOf(id)).entries())
      await work.make('onboarding-progress', {
        clientId: Number(company),
        milestoneId,
        completed: true,
        completedAt: days[at],
      });
    expect(await onboarding(portal)).toMatchObject({
      ...{ completion_percentage: 100, current_stage_type: null, started_at: days[1], completed_at: days[0] },
    });
  });

  it('is of the company alone, whatever others have reached', async () => {
    const id = await template([{ name: 'Only', milestones: [{ title: 'One' }] }]);
    const [[company], [, portal]] = [await newCompany(), await newCompany()];
    const [milestoneId] = await milestonesOf(id);
    await work.make('onboarding-progress', { clientId: Number(company), milestoneId, completed: true });
    expect(await reached(portal)).toEqual([]);
    const other = await PortalWork.ofAnotherFirm(server);
    const theirs = await other.client();
    expect(await onboarding(other.portalOf(theirs))).toEqual(NOTHING);
  });

  it('refuses parameters', async () => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await portal.get('/onboarding?limit=1'), 400, 'unknown_member');
  });
});

describe('Milestones with a trigger', () => {
  const waiting = () =>
    template([{ name: 'Only', milestones: TRIGGERS.map((autoTrigger) => ({ title: autoTrigger, autoTrigger })) }]);

  it('complete themselves: with the first project', async () => {
    await waiting();
    const [company, portal] = await newCompany();
    const id = await work.project(company);
    expect(await reached(portal)).toEqual(['project_created auto']);
    expect(await onboarding(portal)).toMatchObject({ started_at: expect.stringMatching(INSTANT) });
    await work.change('projects', id, { name: 'Other' });
    expect(await reached(portal)).toEqual(['project_created auto']);
  });

  it('with the first invoice that is issued, not with a draft, also in bulk', async () => {
    await waiting();
    const [company, portal] = await newCompany();
    const id = await work.make('invoices', { clientId: Number(company), invoiceNumber: 'INV-1' });
    expect(await reached(portal)).toEqual([]);
    await work.change('invoices', id, { status: 'authorised' });
    expect(await reached(portal)).toEqual(['invoice_issued auto']);
    const [other, theirs] = await newCompany();
    const rows = ['a', 'b'].map((externalId) => ({ externalId, clientId: Number(other), status: 'paid' }));
    expectStatus(await work.office.send('put', '/invoices', rows), 200);
    expect(await reached(theirs)).toEqual(['invoice_issued auto']);
  });

  it('with the questionnaire', async () => {
    await waiting();
    const [, portal] = await newCompany();
    expectStatus(
      await portal.as({ role: 'admin' }).call('post', '/questionnaire').send({ celebration_vision: 'Cake' }),
      200,
    );
    expect(await reached(portal)).toEqual(['questionnaire_completed auto']);
  });

  it('with the first file that is acknowledged', async () => {
    await waiting();
    const [company, portal] = await newCompany();
    const user = await work.contact(company);
    const world = new PortalWorld(server, '');
    const file = await world.published('Statement.pdf', [user]);
    expectStatus(await portal.as({ user }).get(`/files/${file}`), 200);
    expect(await reached(portal)).toEqual([]);
    expectStatus(await portal.as({ user }).acknowledge(file), 200);
    expect(await reached(portal)).toEqual(['file_acknowledged auto']);
  });

  it('stay reopened when staff reopen them', async () => {
    await waiting();
    const [company, portal] = await newCompany();
    await work.project(company);
    const [row] = await work.office.read<{ id: string }[]>(`/onboarding-progress?filter[clientId]=${company}`);
    await work.change('onboarding-progress', String(row?.id), { completed: false });
    await work.project(company);
    expect(await reached(portal)).toEqual([]);
  });

  it('are declared in the Back Office, and refused when nothing is called so', async () => {
    const id = await template([{ name: 'Only', milestones: [{ title: 'One' }] }]);
    const [milestone] = await milestonesOf(id);
    await work.change('onboarding-milestones', String(milestone), { autoTrigger: 'connection_made' });
    const wrong = await work.office.send('patch', `/onboarding-milestones/${milestone}`, {
      autoTrigger: 'moon_landing',
    });
    expectStatus(wrong, 400);
  });
});
